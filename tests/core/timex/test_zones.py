"""Time zones by name, and changes of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.core.timex.types import later, on_the_clock, zone_of

_NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "name", ["Europe/Madrid", "europe/madrid", " America/New_York ", "Asia/Calcutta", "UTC"]
)
def test_a_known_zone_is_found_in_any_case(name: str) -> None:
    zone, known = zone_of(name)
    assert known
    assert zone.key.casefold() == name.strip().casefold()


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "Mars/Olympus",
        "+02:00",
        "../../etc/passwd",
        "Europe",
        "a\0b",
        "Europe/Madrid\n\nx",
        "localtime",
    ],
)
def test_an_unknown_zone_is_utc_and_said_to_be_unknown(name: str | None) -> None:
    zone, known = zone_of(name)
    assert (zone.key, known) == ("UTC", False)


@pytest.mark.parametrize(("direction", "offset"), [("past", -5), ("future", -4), (None, -4)])
def test_of_an_hour_that_comes_twice_the_cautious_one_is_meant(direction: str | None, offset: int) -> None:
    at = on_the_clock(datetime(2026, 11, 1, 1, 30), _NEW_YORK, direction)  # type: ignore[arg-type]
    assert at.utcoffset() == timedelta(hours=offset)


def test_an_hour_that_never_comes_is_read_as_the_clock_was_before() -> None:
    at = on_the_clock(datetime(2026, 3, 8, 2, 30), _NEW_YORK, "future")
    assert at.isoformat() == "2026-03-08T03:30:00-04:00"


def test_hours_pass_as_time_passes() -> None:
    before = datetime(2026, 3, 8, 1, 0, tzinfo=_NEW_YORK)
    assert later(before, timedelta(hours=2)).isoformat() == "2026-03-08T04:00:00-04:00"
