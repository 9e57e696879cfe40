"""Properties of every rule, at every moment, in every zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.aftercare.event_answer import at_event
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.symptom_answer import expected
from assistant.core.aftercare.timeline import steps
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import BY_STRICTNESS, verdict
from tests.core.aftercare.moments import at as local
from tests.core.aftercare.oracle import OF_ALL, must_not_be_ok
from tests.core.aftercare.questions import (
    ACTIVITIES,
    PRODUCTS,
    QUESTIONS,
    READ,
    SUBJECTS,
    ask_of,
    at,
    known,
)
from tests.core.aftercare.strategies import AWAY, TREATMENTS, ZONES

SECOND = timedelta(seconds=1)


def then(treated: datetime, away: timedelta, zone: Any) -> datetime:
    """Return the moment that far from the treatment, in another zone."""
    return (treated.astimezone(timezone.utc) + away).astimezone(zone)


def names(asked: TimingQuestion) -> list[str]:
    """Return everything that the question names."""
    return [*asked.products, *asked.activities, *([asked.topic] if asked.topic else [])]


@settings(max_examples=500, deadline=None)
@given(asked=READ | SUBJECTS, treated=TREATMENTS, away=AWAY, zone=ZONES)
def test_nothing_is_ok_where_the_cautious_reading_forbids_it(
    asked: TimingQuestion, treated: datetime, away: timedelta, zone: Any, aftercare: Rulebook
) -> None:
    moment = then(treated, away, zone)
    given_verdict = verdict(asked, treated, moment, aftercare, moment)
    if any(must_not_be_ok(name, treated, moment) for name in names(asked)):
        assert given_verdict.verdict != "ok"


@settings(max_examples=500, deadline=None)
@given(asked=QUESTIONS, treated=TREATMENTS, away=AWAY, zone=ZONES)
def test_no_second_subject_makes_anything_ok(
    asked: TimingQuestion, treated: datetime, away: timedelta, zone: Any, aftercare: Rulebook
) -> None:
    moment = then(treated, away, zone)
    given_verdict = verdict(asked, treated, moment, aftercare, moment)
    subjects = [*asked.products, *asked.activities]
    if asked.prescribed or any(must_not_be_ok(name, treated, moment) for name in subjects):
        assert given_verdict.verdict != "ok"


HOURS = (0, 1, 12, 23, 24, 25, 47, 48, 49, 167, 168, 169, 671, 672, 673, 5000)
EDGES = [
    sign * timedelta(hours=hours) + beside
    for hours in HOURS
    for sign in (-1, 1)
    for beside in (-SECOND, SECOND)
]
AT_CHANGES = [
    local("2026-03-28 15:00"),  # the day before clocks go forward, and so on
    local("2026-10-24 15:00"),
    local("2026-03-26 15:00"),
    local("2026-03-07 12:00", "America/New_York"),
    local("2026-10-31 23:30", "America/New_York"),
    local("2026-04-04 12:00", "Australia/Lord_Howe"),
    local("2026-06-15 12:00", "Asia/Kathmandu"),
]


@pytest.mark.parametrize("treated", AT_CHANGES, ids=str)
@pytest.mark.parametrize("name", OF_ALL)
def test_nothing_is_ok_just_beside_an_edge_where_it_is_forbidden(
    name: str, treated: datetime, aftercare: Rulebook
) -> None:
    asked = ask_of(name)
    for away in EDGES:
        moment = then(treated, away, treated.tzinfo)  # in one zone, where Python compares local times
        if must_not_be_ok(name, treated, moment):
            assert verdict(asked, treated, moment, aftercare, moment).verdict != "ok", away


@settings(max_examples=250, deadline=None)
@given(product=PRODUCTS, activity=ACTIVITIES, treated=TREATMENTS, away=AWAY)
def test_what_no_rule_speaks_of_is_never_ok(
    product: str, activity: str, treated: datetime, away: timedelta, aftercare: Rulebook
) -> None:
    moment = treated.astimezone(timezone.utc) + away
    if not any(product in rule.products for rule in aftercare.rules):
        assert (
            verdict(TimingQuestion(products=(product,)), treated, moment, aftercare, moment).verdict
            == "not_covered"
        )
    if not any(activity in rule.activities for rule in aftercare.rules):
        assert (
            verdict(TimingQuestion(activities=(activity,)), treated, moment, aftercare, moment).verdict
            == "not_covered"
        )


@settings(max_examples=250, deadline=None)
@given(asked=QUESTIONS, treated=TREATMENTS, away=AWAY)
def test_it_is_fine_from_the_moment_that_is_named_and_not_a_second_before(
    asked: TimingQuestion, treated: datetime, away: timedelta, aftercare: Rulebook
) -> None:
    moment = treated.astimezone(timezone.utc) + away
    first = at(asked, treated, moment, aftercare)
    if first.ok_from is not None:
        instant = first.ok_from.astimezone(timezone.utc)
        assert at(asked, treated, instant, aftercare).verdict == "ok"
        assert at(asked, treated, instant - SECOND, aftercare).verdict != "ok"
        assert (first.verdict == "ok") == (instant <= moment)
    if first.ok_until is not None:
        instant = first.ok_until.astimezone(timezone.utc)
        assert first.verdict == "ok"
        assert moment < instant
        assert at(asked, treated, instant - SECOND, aftercare).verdict == "ok"
        after = at(asked, treated, instant, aftercare)
        about_the_next = after.starts_at is None and after.ends_at is None
        assert after.verdict != "ok" or about_the_next


@settings(max_examples=250, deadline=None)
@given(asked=QUESTIONS, treated=TREATMENTS, away=AWAY, zone=ZONES)
def test_the_zone_in_which_the_moment_is_said_changes_nothing(
    asked: TimingQuestion, treated: datetime, away: timedelta, zone: Any, aftercare: Rulebook
) -> None:
    here, there = then(treated, away, timezone.utc), then(treated, away, zone)
    assert verdict(asked, treated, here, aftercare, here) == verdict(asked, treated, there, aftercare, there)


@settings(max_examples=250, deadline=None)
@given(asked=SUBJECTS, treated=TREATMENTS, away=AWAY)
def test_a_missing_date_is_never_more_daring_than_any_date(
    asked: TimingQuestion, treated: datetime, away: timedelta, aftercare: Rulebook
) -> None:
    moment = treated.astimezone(timezone.utc) + away
    dated, undated = at(asked, treated, moment, aftercare), verdict(asked, None, moment, aftercare)
    if dated.verdict != "not_covered":
        assert BY_STRICTNESS.index(undated.verdict) <= BY_STRICTNESS.index(dated.verdict)
    if asked.prescribed:
        assert undated.verdict == "ask_professional"


@settings(max_examples=250, deadline=None)
@given(treated=TREATMENTS, away=AWAY, zone=ZONES)
def test_every_step_is_in_the_state_that_its_moments_say(
    treated: datetime, away: timedelta, zone: Any, aftercare: Rulebook
) -> None:
    now = then(treated, away, zone)
    instant = now.astimezone(timezone.utc)
    for step in steps(treated, now, aftercare):
        begun = step.starts_at is None or step.starts_at.astimezone(timezone.utc) <= instant
        over = step.ends_at is not None and step.ends_at.astimezone(timezone.utc) <= instant
        assert step.state == ("past" if over else "now" if begun else "upcoming")
        assert step.starts_at is None or step.starts_at.tzinfo == treated.tzinfo


@settings(max_examples=300, deadline=None)
@given(treated=TREATMENTS, away=AWAY, symptom=st.sampled_from(known("symptom")))
def test_a_symptom_is_expected_only_inside_its_window(
    treated: datetime, away: timedelta, symptom: str, aftercare: Rulebook
) -> None:
    moment = treated.astimezone(timezone.utc) + away
    given_verdict = expected(symptom, treated, moment, aftercare)
    if given_verdict.verdict == "expected":
        assert given_verdict.starts_at is not None
        assert given_verdict.ends_at is not None
        assert (
            given_verdict.starts_at.astimezone(timezone.utc)
            <= moment
            < given_verdict.ends_at.astimezone(timezone.utc)
        )
        assert timedelta() <= away <= timedelta(days=6, hours=2)


@settings(max_examples=200, deadline=None)
@given(treated=TREATMENTS, hours=st.integers(0, 400))
def test_the_latest_session_for_an_event_is_all_over_by_then(
    treated: datetime, hours: int, aftercare: Rulebook
) -> None:
    event = treated.astimezone(timezone.utc) + timedelta(hours=hours)
    day = at_event(treated, event, aftercare).latest_session
    assert day is not None
    session = datetime(day.year, day.month, day.day, 12, tzinfo=treated.tzinfo)
    assert at_event(session, event, aftercare).all_over <= event
    next_day = session + timedelta(days=1)
    assert at_event(next_day, event, aftercare).all_over > event
