"""Tests of messages with several sessions, or with a session and another day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from assistant.core.treatment_date import Treatment
from assistant.core.treatment_date.mentions import find_moments
from assistant.core.treatment_date.treatment import update_treatment

NOW = datetime(2026, 11, 18, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "one session on 2 november, another yesterday at 6pm",
        "had it on the 2nd of november and again yesterday",
        "did it on 2 november, a second one yesterday",
    ],
)
def test_another_session_in_the_next_clause_is_one_too(text: str) -> None:
    found = update_treatment(text, NOW, Treatment())
    assert found is not None
    assert found.doubt is not None
    assert NOW.date() - timedelta(days=1) in {choice.at.date() for choice in found.doubt.choices}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("needling on 15 december, can i take ibuprofen on the 14th", date(2026, 12, 14)),
        ("session is 15 december, wedding on the 18th", date(2026, 12, 18)),
        ("session on 30 december, make-up on the 2nd", date(2027, 1, 2)),
        ("it's on 28 november, is retinol ok on the 25th", date(2026, 11, 25)),
    ],
)
def test_a_day_of_the_month_is_the_one_near_the_session(text: str, day: date) -> None:
    *_, asked = find_moments(text, NOW)
    assert [choice.at.date() for choice in asked.found.choices] == [day]
