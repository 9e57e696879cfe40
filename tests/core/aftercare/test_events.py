"""Verdicts on a session before an event."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.core.aftercare.event_answer import at_event
from assistant.core.aftercare.rulebook import Rulebook
from tests.core.aftercare.moments import at


@pytest.mark.parametrize(
    ("session", "event", "verdict"),
    [
        ("2026-06-12 10:00", "2026-06-20 00:00", "ok"),  # wedding on the 20th, session on the 12th
        ("2026-06-14 18:00", "2026-06-20 00:00", "ok"),
        ("2026-06-15 10:00", "2026-06-20 00:00", "not_yet"),
        ("2026-06-19 16:00", "2026-06-20 15:00", "not_yet"),
        ("2026-06-17 10:00", "2026-06-20 15:00", "not_yet"),
        (
            "2026-06-18 10:00",
            "2026-06-20 15:00",
            "not_yet",
        ),  # redness is over, but flaking may come the day after
        ("2026-06-21 10:00", "2026-06-20 15:00", "ok"),  # the session is after the event
    ],
)
def test_an_event_is_early_enough_when_nothing_is_expected_any_more(
    session: str, event: str, verdict: str, aftercare: Rulebook
) -> None:
    assert at_event(at(session), at(event), aftercare).verdict == verdict


def test_an_event_says_what_is_left_of_the_session(aftercare: Rulebook) -> None:
    given = at_event(at("2026-06-16 10:00"), at("2026-06-20 15:00"), aftercare)
    assert [step.id for step in given.avoided] == ["no-anti-inflammatories"]
    assert [step.id for step in given.still] == ["marks-expected"]
    assert given.all_over == at("2026-06-22 00:00")
    assert all(aftercare.sources[rule.id] for rule in given.rules)
    assert any(map(aftercare.differs, given.rules))


def test_the_next_morning_is_still_red_and_without_make_up(aftercare: Rulebook) -> None:
    given = at_event(at("2026-06-19 17:00"), at("2026-06-20 09:00"), aftercare)
    assert {"no-make-up", "no-long-sun"} <= {step.id for step in given.avoided}
    assert "redness-expected" in {step.id for step in given.still}
    assert given.all_over == at("2026-06-25 00:00")
    assert [step.id for step in given.to_come] == ["marks-expected"]


def test_an_event_says_which_session_would_be_early_enough(aftercare: Rulebook) -> None:
    given = at_event(at("2026-06-19 10:00"), at("2026-06-20 15:00"), aftercare)
    assert given.latest_session == date(2026, 6, 14)
    event = at("2026-06-20 15:00")
    late, too_late = (
        at_event(at(session), event, aftercare) for session in ("2026-06-14 23:59", "2026-06-15 00:01")
    )
    assert late.all_over <= event < too_late.all_over


def test_the_days_of_an_event_elsewhere_are_those_of_the_session(aftercare: Rulebook) -> None:
    session = at("2026-06-14 22:00", "America/Los_Angeles")
    assert at_event(session, at("2026-06-20 08:59", "Europe/Madrid"), aftercare).verdict == "not_yet"
    assert at_event(session, at("2026-06-20 09:00", "Europe/Madrid"), aftercare).verdict == "ok"


@pytest.mark.parametrize("days", range(8))
@pytest.mark.parametrize("hour", ["00:00", "10:00", "23:00"])
def test_the_verdict_is_that_of_the_last_day_that_is_early_enough(
    days: int, hour: str, aftercare: Rulebook
) -> None:
    given = at_event(at(f"2026-06-12 {hour}"), at(f"2026-06-{12 + days} 20:00"), aftercare)
    assert given.latest_session is not None
    assert (given.verdict == "ok") is (date(2026, 6, 12) <= given.latest_session) is (days > 5)
