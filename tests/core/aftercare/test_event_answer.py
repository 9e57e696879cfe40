"""The answer about a session and an event, and claims that it must not make."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.core.aftercare.event_answer import answer_event
from assistant.core.aftercare.guide import AftercareGuide
from tests.core.aftercare.people import NOW, person

TREATED = "day 20"  # irrelevant here: the session is passed explicitly


@pytest.mark.parametrize("days", range(1, 12))
def test_verdict_and_words_agree(days: int, book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    given = answer_event(session, session + timedelta(days=days), person(TREATED), book)
    is_enough = days > 5
    assert given["metadata"]["verdict"] == ("ok" if is_enough else "not_yet")
    assert ("leaves enough time" in given["text"]) is is_enough
    assert ("too close" in given["text"]) is not is_enough
    assert ("ok_from" in given["metadata"]) is not is_enough


@pytest.mark.parametrize("days", range(0, 12))
def test_no_day_that_is_past_is_recommended(days: int, book: AftercareGuide) -> None:
    event = NOW + timedelta(days=days, hours=8)
    text = answer_event(NOW + timedelta(hours=6), event, person(TREATED), book)["text"]
    latest = NOW.date() + timedelta(days=days - 6)
    assert ("too late now" in text) is (latest < NOW.date())
    assert ("The last day" in text) is (latest >= NOW.date())


def test_of_a_session_that_has_been_no_other_day_is_named(book: AftercareGuide) -> None:
    text = answer_event(NOW - timedelta(days=1), NOW + timedelta(days=2), person(TREATED), book)["text"]
    assert "too close" in text
    assert "The last day" not in text
    assert "too late now" not in text


@pytest.mark.parametrize("days", [1, 2, 5, 9])
def test_the_articles_are_counted_with_and_speak_of_no_events(days: int, book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    given = answer_event(session, session + timedelta(days=days), person(TREATED), book)
    assert given["metadata"]["details"].startswith("My sources don't mention events. By their days,")
    assert given["metadata"]["disagreement"]


def test_between_two_windows_what_is_still_to_come_is_named(book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    text = answer_event(session, session + timedelta(days=2), person(TREATED), book)["text"]
    assert "What may come after it: perhaps small marks and flaking [" in text
