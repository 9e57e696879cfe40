"""Tests of the load with hostile clients, without a server."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import httpx

from benchmarks.load.generators import Outcome
from benchmarks.load.hostile import Kind, section
from benchmarks.run import QUICK, Run


def outcome(milliseconds: float) -> Outcome:
    return Outcome(milliseconds=[milliseconds] * 20, seconds=1.0)


def test_the_ratio_stands_beside_its_target(tmp_path: Path) -> None:
    run = Run(QUICK, tmp_path)
    fine = section(outcome(100), outcome(120), Counter({200: 3}), run)
    assert "p95 is 1.20 times as long with them; at most 1.3 times: yes" in fine.body
    assert fine.complaints == ()
    assert section(outcome(100), outcome(140), Counter(), run).complaints


def test_what_was_refused_is_not_sent_again_before_its_time() -> None:
    answers = [httpx.Response(200), httpx.Response(429, headers={"Retry-After": "60"})]
    kind, statuses = Kind(lambda: answers.pop(0)), Counter[int]()
    for _ in range(2):
        assert kind.is_free
        kind.began()
        assert not kind.is_free
        kind.send(statuses)
    assert not kind.is_free
    assert statuses == {200: 1, 429: 1}
