"""Durations on the clock and in the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.core.aftercare.durations import Duration, shifted
from tests.core.aftercare.moments import at


def later(moment: datetime, duration: str) -> datetime:
    """Return the moment that much later, in its own zone."""
    return shifted(moment, Duration.parse(duration), 1).astimezone(moment.tzinfo)


def earlier(moment: datetime, duration: str) -> datetime:
    """Return the moment that much earlier, in its own zone."""
    return shifted(moment, Duration.parse(duration), -1).astimezone(moment.tzinfo)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT24H", Duration(0, 0, 86400, True)),
        ("PT0S", Duration(0, 0, 0, True)),
        ("P0D", Duration(0, 0, 0, False)),
        ("P3D", Duration(0, 3, 0, False)),
        ("P4W", Duration(0, 28, 0, False)),
        ("P1Y6M", Duration(18, 0, 0, False)),
        ("P1DT1H30M", Duration(0, 1, 5400, True)),
    ],
)
def test_a_duration_keeps_days_and_hours_apart(text: str, expected: Duration) -> None:
    assert Duration.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "24h", "P-1D", "-P1D", "P1.5D", "P1H", "PT1D", "P1W ", "p1d", "P1M1Y", 24, None],
)
def test_what_is_no_duration_is_refused_with_what_was_expected(text: object) -> None:
    with pytest.raises(ValueError, match=r"is not an ISO 8601 duration \(got .* / expected such as PT24H"):
        Duration.parse(text)


def test_a_duration_of_more_than_ten_years_is_refused() -> None:
    with pytest.raises(ValueError, match=r"is too long \(got P9999W / expected at most ten years\)"):
        Duration.parse("P9999W")


@pytest.mark.parametrize(
    ("treated", "duration", "expected"),
    [
        # the nights when clocks go forward and back
        ("2026-03-28 15:00", "PT24H", "2026-03-29 16:00"),
        ("2026-03-28 15:00", "P1D", "2026-03-29 15:00"),
        ("2026-10-24 15:00", "PT24H", "2026-10-25 14:00"),
        ("2026-10-24 15:00", "P1D", "2026-10-25 15:00"),
        ("2026-03-27 15:00", "P1W", "2026-04-03 15:00"),
        # month and year ends
        ("2026-01-31 10:00", "P1M", "2026-02-28 10:00"),
        ("2028-01-31 10:00", "P1M", "2028-02-29 10:00"),
        ("2028-02-29 10:00", "P1Y", "2029-02-28 10:00"),
        ("2026-11-30 10:00", "P3M", "2027-02-28 10:00"),
        ("2026-12-28 10:00", "P5D", "2027-01-02 10:00"),
        ("2026-12-31 23:30", "PT1H", "2027-01-01 00:30"),
    ],
)
def test_hours_are_counted_by_the_clock_and_days_by_the_calendar(
    treated: str, duration: str, expected: str
) -> None:
    assert later(at(treated), duration) == at(expected)


@pytest.mark.parametrize(
    ("treated", "duration", "expected"),
    [
        ("2026-03-29 15:00", "PT24H", "2026-03-28 14:00"),
        ("2026-03-29 15:00", "P1D", "2026-03-28 15:00"),
        ("2026-03-31 10:00", "P1M", "2026-02-28 10:00"),
        ("2026-01-03 10:00", "P1W", "2025-12-27 10:00"),
        ("2026-01-31 10:00", "P2M", "2025-11-30 10:00"),
    ],
)
def test_the_same_goes_for_the_time_before(treated: str, duration: str, expected: str) -> None:
    assert earlier(at(treated), duration) == at(expected)


def test_an_hour_that_clocks_skip_is_read_as_the_one_further_away() -> None:
    assert later(at("2026-03-28 02:30"), "P1D").isoformat() == "2026-03-29T03:30:00+02:00"
    assert earlier(at("2026-03-30 02:30"), "P1D").isoformat() == "2026-03-29T01:30:00+01:00"


def test_an_hour_that_clocks_repeat_is_read_as_the_one_further_away() -> None:
    assert later(at("2026-10-24 02:30"), "P1D").isoformat() == "2026-10-25T02:30:00+01:00"
    assert earlier(at("2026-10-26 02:30"), "P1D").isoformat() == "2026-10-25T02:30:00+02:00"


def test_a_treatment_at_an_hour_that_never_was_counts_from_the_hour_that_clocks_showed() -> None:
    assert later(at("2026-03-29 02:30"), "P1D").isoformat() == "2026-03-30T03:30:00+02:00"
    assert later(at("2026-03-29 02:30"), "PT24H").isoformat() == "2026-03-30T03:30:00+02:00"


def test_the_second_of_two_equal_hours_is_its_own_hour() -> None:
    second = at("2026-10-25 02:30").replace(fold=1)
    assert later(second, "PT0S") == second
    assert later(second, "PT1H").isoformat() == "2026-10-25T03:30:00+01:00"


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
def test_a_bare_offset_is_a_zone_without_changes(hours: float) -> None:
    moment = datetime(2026, 3, 28, 15, tzinfo=timezone(timedelta(hours=hours)))
    assert later(moment, "P1D") == later(moment, "PT24H") == moment + timedelta(days=1)


def test_a_day_that_a_zone_left_out_is_stepped_over() -> None:
    """Samoa skipped Friday 30 December 2011."""
    before = datetime(2011, 12, 29, 10, tzinfo=ZoneInfo("Pacific/Apia"))
    assert later(before, "P1D").isoformat() == "2011-12-31T10:00:00+14:00"
    assert later(before, "P2D").isoformat() == "2011-12-31T10:00:00+14:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        later(datetime(2026, 3, 28, 15), "P1D")
