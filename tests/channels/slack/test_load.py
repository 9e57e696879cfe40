"""Load test with duplicate events, failing calls and an outage: each question is answered once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testbed.slack import FakeSlack
from testbed.slack.load import Storm

CALMING = 120.0
"""Seconds for the last answers."""


@pytest.fixture
def sky(slack: FakeSlack) -> Iterator[FakeSlack]:
    """Is blue again afterwards."""
    yield slack
    slack.failures.weather = None


def outlive(storm: Storm) -> None:
    storm.rage()
    storm.calm()
    total = sum(storm.wanted().values())
    storm.slack.wait_until(lambda: sum(storm.answers().values()) >= total, f"{total} answers", CALMING)
    storm.slack.settle_slowly()
    assert storm.answers() == storm.wanted()
    assert all(delivery.is_acknowledged for delivery in storm.deliveries)
    assert len(storm.deliveries) == storm.events


def test_a_shower(sky: FakeSlack) -> None:
    outlive(Storm(sky, events=100, seconds=5.0))
