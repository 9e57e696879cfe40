"""Bounds that the wording of a moment leaves open."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.core.treatment_date import Moment, find_moment

_NOW = datetime(2026, 11, 18, 14, 20, 33, tzinfo=ZoneInfo("Europe/London"))


def moment(say: str, now: datetime = _NOW) -> Moment:
    found = find_moment(say, now)
    assert isinstance(found, Moment), found
    return found


def clock(at: datetime) -> str:
    return at.strftime("%d %H:%M")


def test_a_day_is_open_from_midnight_to_midnight() -> None:
    found = moment("had it yesterday")
    assert (clock(found.earliest), clock(found.at), clock(found.latest)) == (
        "17 00:00",
        "17 12:00",
        "17 23:59",
    )


def test_today_ends_now_for_what_has_happened() -> None:
    found = moment("had it today")
    assert (clock(found.earliest), clock(found.latest)) == ("18 00:00", "18 14:20")


def test_today_begins_now_for_what_is_to_come() -> None:
    found = moment("im having it today")
    assert (clock(found.earliest), clock(found.latest)) == ("18 14:20", "18 23:59")


def test_this_morning_ends_at_noon() -> None:
    found = moment("had it this morning")
    assert (clock(found.earliest), clock(found.latest)) == ("18 05:00", "18 11:59")


def test_a_night_reaches_into_the_next_day() -> None:
    found = moment("had it last night")
    assert (clock(found.earliest), clock(found.latest)) == ("17 17:00", "18 03:59")


def test_a_minute_is_exact() -> None:
    found = moment("had it yesterday at 3pm")
    assert found.earliest == found.at == found.latest


def test_about_an_hour_is_open_by_half_an_hour() -> None:
    found = moment("had it about an hour ago")
    assert (clock(found.earliest), clock(found.at), clock(found.latest)) == (
        "18 12:50",
        "18 13:20",
        "18 13:50",
    )


def test_a_day_of_summer_time_begins_when_it_exists() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # daylight saving begins at 0:00, so midnight is skipped
    found = moment("having it on friday", datetime(2026, 4, 20, 9, tzinfo=cairo))
    assert found.earliest.isoformat() == "2026-04-24T01:00:00+03:00"
