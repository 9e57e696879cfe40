"""Time expressions of a message, interpreted in relation to each other."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.core.treatment_date import Mention, Moment, event_of, find_moments

_NOW = datetime(2026, 11, 18, 14, 0, tzinfo=ZoneInfo("Europe/London"))  # a Wednesday


def clocks(say: str) -> list[str]:
    """Return the resolved moments, in text order."""
    return [_clock(mention) for mention in find_moments(say, _NOW) if isinstance(mention.found, Moment)]


def _clock(mention: Mention) -> str:
    assert isinstance(mention.found, Moment)
    return mention.found.at.strftime("%d.%m %H:%M")


@pytest.mark.parametrize(
    ("say", "expected"),
    [
        ("had it yesterday at 5, back at work at 4", ["17.11 17:00", "18.11 16:00"]),
        ("had it yesterday at 5, cinema at 9pm", ["17.11 17:00", "18.11 21:00"]),
        ("appointment friday 2pm, drinks at 8 after it", ["20.11 14:00", "20.11 20:00"]),
        ("had it yesterday at 5, i swim at six in the morning", ["17.11 17:00"]),
        ("had it yesterday at 5, work at 9", ["17.11 17:00"]),
        ("appointment friday 2pm, drinks at 8", ["20.11 14:00"]),
    ],
)
def test_a_time_without_a_day_is_the_next_one_where_no_other_is_as_likely(
    say: str, expected: list[str]
) -> None:
    assert clocks(say) == expected


@pytest.mark.parametrize(
    ("say", "session", "event"),
    [
        ("wedding on the 20th of january, is a session on the 12th too late", "12.01", "20.01"),
        ("session on 12 january and the wedding is on the 20th, ok?", "12.01", "20.01"),
        ("wedding on 3 january, is a session on the 28th too late", "28.12", "03.01"),
        ("interview thu 10 december, microneedling mon 7 december, fine?", "07.12", "10.12"),
        ("photo shoot fri dec 5, microneedling mon nov 30", "30.11", "05.12"),  # 5 December is a Saturday
        ("nye party, could i get in for needling on the 28th", "28.12", "31.12"),
        ("getting needled saturday, back at work wednesday", "21.11", "25.11"),
    ],
)
def test_a_session_and_an_event_are_told_apart(say: str, session: str, event: str) -> None:
    found = event_of(find_moments(say, _NOW), _NOW, None)
    assert found is not None
    assert (found.session.at.strftime("%d.%m"), found.event.at.strftime("%d.%m")) == (session, event)


def test_a_week_and_a_half_is_one_moment_over_two_days() -> None:
    found = find_moments("had it a week and a half ago", _NOW)[0].found
    assert isinstance(found, Moment)
    assert (found.earliest.day, found.latest.day) == (7, 8)
