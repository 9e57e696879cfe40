"""Tests of the treatment phase, from previous and current messages."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from assistant.core.treatment_date import Moment, Treatment
from assistant.core.treatment_date.phase import LATELY, first_possible, phase_of

NOW = datetime(2026, 3, 10, 12, tzinfo=timezone.utc)
NOTHING = Treatment()


def treated(ago: timedelta) -> Treatment:
    """A treatment that was so long ago, or is still to come."""
    at = NOW - ago
    return Treatment(Moment(at, "minute", "", at, at))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (treated(timedelta(days=2)), "treated"),
        (treated(LATELY), "treated"),
        (treated(LATELY + timedelta(minutes=1)), "long_ago"),
        (treated(timedelta(days=-3)), "booked"),
        (NOTHING, "unknown"),
    ],
)
def test_the_date_that_is_known_decides_where_a_message_names_none(before: Treatment, expected: str) -> None:
    assert phase_of("i feel dizzy", NOW, before) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("had it done yesterday, i feel dizzy", "treated"),
        ("i feel dizzy since my session", "treated"),
        ("after the dermapen my cheek smells", "treated"),
        ("my session is tomorrow and i feel dizzy", "booked"),
        ("i had it done two years ago and it hurt", "long_ago"),
    ],
)
def test_a_message_can_tell_it_itself(text: str, expected: str) -> None:
    assert phase_of(text, NOW, NOTHING) == expected


def test_who_is_booked_again_may_still_suffer_from_the_session_before() -> None:
    assert phase_of("since my last session it hurts", NOW, treated(timedelta(days=-3))) == "treated"


def test_the_first_possible_moment_is_that_of_the_message_or_else_the_one_known() -> None:
    known = treated(timedelta(days=2))
    assert first_possible("it is red", NOW, known) == NOW - timedelta(days=2)
    assert first_possible("it is red", NOW, NOTHING) is None
    assert first_possible("it is red", NOW, treated(timedelta(days=-3))) is None
    of_the_day = first_possible("i was treated on 8 march, it is red", NOW, NOTHING)
    assert of_the_day is not None
    assert of_the_day <= NOW - timedelta(days=2)
