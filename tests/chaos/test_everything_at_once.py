"""Attackers of all kinds at once: nothing breaks, nothing of others is shown, and what is deleted stays deleted."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from testbed.environment import free_port
from tests.chaos.attackers import (
    Attacker,
    Findings,
    deleter,
    dripper,
    expander,
    forger,
    nester,
    smuggler,
)
from tests.chaos.conftest import SECRET
from tests.chaos.pauses import pauses_of
from tests.servers import ROOT, RunningActions, RunningAssistant, Visitor

pytestmark = pytest.mark.slow

SIZE = int(os.environ.get("ATTACKS", "21000"))
SHARES: dict[Attacker, float] = {smuggler: 0.25, nester: 0.3, expander: 0.05, forger: 0.3, deleter: 0.0095}
"""Of all requests; a deletion is a dozen of them."""
LONGEST_WORK = 0.25  # seconds of processor time, which other programs on the machine do not add to


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[RunningAssistant]:
    """The real one, which tells its metrics."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    actions = RunningActions(tmp_path / "actions.log")
    ports = {"METRICS_PORT": str(free_port()), "ACTION_PORT": str(actions.port)}
    server = RunningAssistant(ROOT, tmp_path / "state", tmp_path / "server.log", **ports)
    yield server
    server.stop()
    actions.stop()


def test_twenty_thousand_hostile_requests(assistant: RunningAssistant, victim: Visitor) -> None:
    findings, stop = Findings(SECRET), threading.Event()
    with ThreadPoolExecutor(len(SHARES) + 1) as pool:
        dripping = pool.submit(dripper, assistant, stop)
        attacks = [pool.submit(attack, assistant, findings, int(SIZE * n)) for attack, n in SHARES.items()]
        try:
            for attack in attacks:
                attack.result()
        finally:
            stop.set()
        dripping.result()
    print(f"\n{findings.total} requests: {dict(sorted(findings.statuses.items()))}")
    pauses = pauses_of(int(assistant.env["METRICS_PORT"]))
    print(
        f"longest pause of the event loop: at most {pauses.longest * 1000:.0f} ms by the clock, {pauses.within}"
    )
    print(f"longest work of the event loop: {pauses.longest_work * 1000:.0f} ms of processor time")
    assert findings.wrong == []
    assert findings.total >= SIZE * 0.95
    assert words_left(assistant) == []
    assert "Traceback" not in assistant.output()
    assert "uncaught" not in assistant.output()
    assert pauses.longest_work < LONGEST_WORK


def words_left(server: RunningAssistant) -> list[str]:
    """Return what the database still holds of conversations that were deleted."""
    with closing(sqlite3.connect(server.state_dir / "conversations.db")) as database:
        rows = database.execute("SELECT data FROM events WHERE data LIKE '%gone-%'").fetchall()
    return [data for (data,) in rows]
