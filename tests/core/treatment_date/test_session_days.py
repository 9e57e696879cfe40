"""Days named by their distance from the session."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.core.treatment_date import Moment, Treatment, day_of_treatment, next_morning

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 30, 12, tzinfo=LONDON)
SESSION = datetime(2026, 12, 4, 14, tzinfo=LONDON)


def session(at: datetime) -> Treatment:
    """Return a session whose hour is known."""
    return Treatment(Moment(at, "minute", "", at, at))


def named(text: str, at: datetime = SESSION, now: datetime = NOW) -> tuple[str, str] | None:
    """Return first and last moment that a question names, as day and hour."""
    span = day_of_treatment(text, session(at), now)
    return None if span is None else (f"{span[0]:%d %H:%M}", f"{span[1]:%d %H:%M}")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("can i shave on the day itself", "04 00:00", "04 14:00"),
        ("do i wash my face before i come in", "04 00:00", "04 14:00"),
        ("in the morning before it?", "04 00:00", "04 14:00"),
        ("can i shave the day before?", "03 00:00", "03 23:59"),
        ("can i shave the night before my session", "03 17:00", "03 23:59"),
        ("retinol 3 days before my appointment", "01 00:00", "01 23:59"),
        ("make-up 12 hours after my session", "05 02:00", "05 02:00"),
        ("make-up the day after, ok?", "05 00:00", "05 23:59"),
        ("two days after it", "06 00:00", "06 23:59"),
        ("there is a gala the day after at 8pm, eyeshadow?", "05 20:00", "05 20:00"),
        ("the day after, brunch at 10", "05 00:00", "05 23:59"),
    ],
)
def test_a_day_is_counted_from_the_session(text: str, first: str, last: str) -> None:
    assert named(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["the day after tomorrow", "the day before yesterday", "the day after the wedding", "can i swim"]
)
def test_a_day_counted_from_something_else_is_none_of_the_session(text: str) -> None:
    assert named(text) is None


def test_a_day_that_is_over_is_not_asked_about() -> None:
    treated = NOW - timedelta(days=5)
    assert named("and the day after?", at=treated) is None


def test_hours_are_counted_by_elapsed_time() -> None:
    evening = datetime(2026, 10, 24, 18, tzinfo=LONDON)
    assert named("24 hours after my session?", at=evening, now=evening) == ("25 17:00", "25 17:00")


def test_in_the_morning_is_the_coming_one() -> None:
    span = next_morning("should i shave in the morning", NOW)
    assert span is not None
    assert f"{span[0]:%d %H}-{span[1]:%H}" == "01 05-12"
    assert next_morning("had it in the morning, can i swim", NOW) is None
