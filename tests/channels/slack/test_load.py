"""Load test with duplicate events, failing calls and an outage: each question is answered once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testbed.slack import FakeSlack
from testbed.slack.load import Load

CALMING = 120.0
"""Seconds for the last answers."""


@pytest.fixture
def sky(slack: FakeSlack) -> Iterator[FakeSlack]:
    """Is blue again afterwards."""
    yield slack
    slack.failures.default_outcome = None


def outlive(load: Load) -> None:
    load.run()
    load.end_failures()
    total = sum(load.wanted().values())
    load.slack.wait_until(lambda: sum(load.answers().values()) >= total, f"{total} answers", CALMING)
    load.slack.settle_slowly()
    assert load.answers() == load.wanted()
    assert all(delivery.is_acknowledged for delivery in load.deliveries)
    assert len(load.deliveries) == load.events


def test_a_shower(sky: FakeSlack) -> None:
    outlive(Load(sky, events=100, seconds=5.0))
