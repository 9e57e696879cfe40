"""The image's action server logs calls with their request id and without user text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from testbed.environment import free_port
from tests.servers import ROOT

NAMES_WITHOUT_RASA = (
    "import actions.server, sys; print([m for m in ('rasa', 'tensorflow', 'spacy') if m in sys.modules])"
)


@dataclass
class ActionServer:
    """A running one."""

    url: str
    log: Path

    def call(self, action: str, **headers: str) -> httpx.Response:
        """As the assistant calls it, about a conversation with a marker in it."""
        message = {"text": "MARMALADE", "intent": {"name": "timeline"}, "entities": []}
        tracker: dict[str, Any] = {
            "sender_id": "website-MARMALADE",
            "slots": {},
            "latest_message": message,
            "events": [],
            "paused": False,
            "latest_event_time": 0,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        }
        body = {
            "next_action": action,
            "sender_id": "website-MARMALADE",
            "tracker": tracker,
            "version": "3.6.21",
        }
        return httpx.post(f"{self.url}/webhook", json=body, headers=headers)

    def lines(self) -> list[dict[str, Any]]:
        """Return its log lines on calls."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionServer]:
    log = tmp_path_factory.mktemp("actions") / "log"
    port = free_port()
    env = {**os.environ, "ACTION_PORT": str(port), "SANIC_HOST": "127.0.0.1"}
    python = os.environ.get(
        "ACTIONS_PYTHON", sys.executable
    )  # one with nothing but requirements-actions.lock
    with log.open("wb") as output:
        process = subprocess.Popen(
            [python, "-m", "actions.server"], cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT
        )
    running = ActionServer(f"http://127.0.0.1:{port}", log)
    _wait(running, process)
    yield running
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def _wait(server: ActionServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{server.url}/health")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(server.log.read_text()[-2000:])


def test_it_has_every_action_that_the_domain_names(server: ActionServer) -> None:
    domain = (ROOT / "domain.yml").read_text("utf-8")
    there = {each["name"] for each in httpx.get(f"{server.url}/actions").json()}
    assert there
    assert all(name in domain for name in there)


def test_a_call_is_logged_with_its_requests_id(server: ActionServer) -> None:
    answer = server.call("action_tell_timeline", **{"X-Request-ID": "from-the-assistant"})
    assert answer.status_code == 200, answer.text
    line = server.lines()[-1]
    assert (line["request"], line["action"], line["status"]) == (
        "from-the-assistant",
        "action_tell_timeline",
        200,
    )


def test_what_goes_wrong_is_told_without_words(server: ActionServer) -> None:
    assert server.call("action_missing").status_code == 404
    body = {"next_action": "action_tell_timeline", "tracker": {"MARMALADE": 1}}
    answer = httpx.post(f"{server.url}/webhook", json=body)
    assert answer.status_code == 500
    assert "MARMALADE" not in answer.text
    assert any(line["event"] == "action failed" and line["cause"] for line in server.lines())
    assert "MARMALADE" not in server.log.read_text()


def test_it_needs_neither_rasa_nor_tensorflow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NAMES_WITHOUT_RASA], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr
