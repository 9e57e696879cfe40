"""What is picked is an instant, and what it is said with means the same one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from channels.slack.press import said_by_picking
from knowledge.when import Moment, find_moment

CHANGES = {
    "Europe/Madrid": ["2025-03-30T01:00", "2025-10-26T01:00"],
    "America/New_York": ["2025-03-09T07:00", "2025-11-02T06:00"],
    "Asia/Tokyo": ["2025-01-01T00:00"],
}


@pytest.mark.parametrize("zone", CHANGES)
def test_each_of_two_equal_hours_is_itself(zone: str) -> None:
    for change in CHANGES[zone]:
        for minutes in range(-120, 121, 30):
            moment = datetime.fromisoformat(change).replace(tzinfo=timezone.utc) + timedelta(minutes=minutes)
            local = moment.astimezone(ZoneInfo(zone))
            understood = find_moment(said_by_picking(local), local + timedelta(days=2))
            assert isinstance(understood, Moment)
            assert understood.at.astimezone(timezone.utc) == moment
            assert understood.precision == "minute"
