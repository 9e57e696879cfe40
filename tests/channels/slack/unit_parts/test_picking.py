"""A picked date and the sentence that repeats it denote the same instant."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.core.aftercare.date_question import picked
from assistant.core.aftercare.guide import load_aftercare_wording

CHANGES = {
    "Europe/Madrid": ["2025-03-30T01:00", "2025-10-26T01:00"],
    "America/New_York": ["2025-03-09T07:00", "2025-11-02T06:00"],
    "Asia/Tokyo": ["2025-01-01T00:00"],
}


@pytest.mark.parametrize("zone", CHANGES)
def test_each_of_two_equal_hours_is_itself(zone: str) -> None:
    wording = load_aftercare_wording(Path("data"))
    for change in CHANGES[zone]:
        for minutes in range(-120, 121, 30):
            moment = datetime.fromisoformat(change).replace(tzinfo=timezone.utc) + timedelta(minutes=minutes)
            local = moment.astimezone(ZoneInfo(zone))
            told = local.isoformat(timespec="minutes")
            payload = picked(told, zone, local + timedelta(days=2), wording).payload
            treatment = json.loads(payload.removeprefix("/timeline"))["treatment"]
            assert datetime.fromisoformat(treatment["at"]).astimezone(timezone.utc) == moment
            assert treatment["precision"] == "minute"
