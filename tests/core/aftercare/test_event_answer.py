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
    assert ("at the latest" in text) is (latest >= NOW.date())


def test_of_a_session_that_has_been_no_other_day_is_named(book: AftercareGuide) -> None:
    text = answer_event(NOW - timedelta(days=1), NOW + timedelta(days=2), person(TREATED), book)["text"]
    assert text.startswith("**Going by my sources' days, your skin may still be healing on Wed 2 Dec.**")
    assert not [
        said for said in ("too close", "at the latest", "too late now", "plan for more") if said in text
    ]


@pytest.mark.parametrize("days", [1, 2, 5, 9])
def test_the_articles_are_counted_with_and_speak_of_no_events(days: int, book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    given = answer_event(session, session + timedelta(days=days), person(TREATED), book)
    assert given["metadata"]["details"].startswith("My sources don't mention events. Going by their days,")
    assert given["metadata"]["disagreement"]


def test_between_two_windows_what_is_still_to_come_is_named(book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    text = answer_event(session, session + timedelta(days=2), person(TREATED), book)["text"]
    assert "Possible after that day: small marks [" in text


@pytest.mark.parametrize("names", [("work",), ("school", "go_out"), ("travel",)])
def test_when_to_go_back_to_everyday_life_is_in_no_source(
    names: tuple[str, ...], book: AftercareGuide
) -> None:
    session = NOW + timedelta(days=20)
    given = answer_event(session, session + timedelta(days=1), person(TREATED), book, names)
    assert given["text"].startswith("**My sources don't say when to go back to that.**")
    assert "too close" not in given["text"]
    assert "verdict" not in given["metadata"]
    assert "Possible after that day: small marks [" in given["text"]


@pytest.mark.parametrize("names", [("wedding",), ("wedding", "travel"), ()])
def test_an_event_of_another_kind_may_be_too_close(names: tuple[str, ...], book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    given = answer_event(session, session + timedelta(days=1), person(TREATED), book, names)
    assert "too close" in given["text"]


def test_a_medicine_among_what_to_leave_out_is_for_the_doctor(book: AftercareGuide) -> None:
    session = NOW + timedelta(days=20)
    text = answer_event(session, session + timedelta(days=6), person(TREATED), book)["text"]
    assert "Among what you should still leave out then: anti-inflammatory medicines [" in text
    assert "Don't stop a medicine that a doctor prescribed" in text
