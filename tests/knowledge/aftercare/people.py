"""People whose treatment is so long ago, or to come, at noon of Monday 30 November 2026 in London."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.aftercare.person import Person, person_of

ZONE = "Europe/London"
NOW = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo(ZONE))
TREATED = {
    "to come": NOW + timedelta(days=4),
    "later today": NOW + timedelta(hours=5),
    "today": NOW - timedelta(hours=3),
    "day 1": NOW - timedelta(hours=20),
    "day 4": NOW - timedelta(days=4),
    "day 20": NOW - timedelta(days=20),
}
TO_COME = ("to come", "later today")


def person(when: str) -> Person:
    """Somebody who told day and hour."""
    moment = TREATED[when].isoformat()
    value = {"at": moment, "earliest": moment, "latest": moment, "precision": "minute", "zone": ZONE}
    return person_of(value, ZONE, NOW)
