"""Answers for a date that is in doubt: that of the strictest day, and the question which day it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.core.aftercare.dated import answer_by_date, asked_about
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import BY_STRICTNESS
from assistant.core.treatment_date import Ambiguous, Moment, Treatment
from tests.core.aftercare.people import NOW, book, treated, verdict_of

MAKEUP = TimingQuestion(topic="after_makeup", products=("makeup",))
IBUPROFEN = TimingQuestion(topic="after_pain_relief", products=("anti_inflammatories",))
AGO = st.integers(-20 * 24, 40 * 24).map(lambda hours: timedelta(hours=hours))


def moment(ago: timedelta) -> Moment:
    known = treated(ago).treatment.moment
    assert known is not None
    return known


def in_doubt(*ago: timedelta) -> Person:
    """Return a person who was treated one of these times ago, in the future if negative."""
    choices = tuple(moment(each) for each in ago)
    return replace(treated(ago[0]), treatment=Treatment(None, Ambiguous("which_day", choices, "monday")))


def answer(asked: TimingQuestion, person: Person) -> Message:
    message = answer_by_date(asked, person, (), book())
    assert message is not None
    return message


def test_today_or_a_week_ago_is_answered_for_today_and_asked() -> None:
    message = answer(MAKEUP, in_doubt(timedelta(days=7, hours=3), timedelta(hours=3)))
    assert verdict_of(message) == "not_yet"
    assert datetime.fromisoformat(message["metadata"]["ok_from"]) == NOW + timedelta(hours=21)
    assert message["text"].endswith(book().wording.ask_day)
    assert len(message["buttons"]) == 2


def test_it_is_asked_as_well_if_only_the_end_of_the_wait_differs() -> None:
    message = answer(IBUPROFEN, in_doubt(timedelta(days=2), timedelta(days=5)))
    assert datetime.fromisoformat(message["metadata"]["ok_from"]) == NOW + timedelta(days=5)
    assert book().wording.most_care in message["text"]


def test_nothing_is_asked_if_the_answer_is_the_same() -> None:
    message = answer(MAKEUP, in_doubt(timedelta(days=2), timedelta(days=9)))
    assert verdict_of(message) == "ok"
    assert "buttons" not in message


def test_of_two_sessions_to_come_the_first_one_counts() -> None:
    message = answer(MAKEUP, in_doubt(timedelta(days=-9), timedelta(days=-300)))
    assert datetime.fromisoformat(message["metadata"]["ok_from"]) == NOW + timedelta(days=10)


@given(st.lists(AGO, min_size=2, max_size=4, unique=True), st.sampled_from([MAKEUP, IBUPROFEN]))
def test_no_possible_day_has_a_stricter_verdict(ago: list[timedelta], asked: TimingQuestion) -> None:
    given_verdict = verdict_of(answer(asked, in_doubt(*ago)))
    each = [verdict_of(answer_timing(asked, treated(one), (), book())) for one in ago]
    assert given_verdict == min(each, key=BY_STRICTNESS.index)


def test_products_of_a_date_in_doubt_that_has_been_are_asked_about_the_time_after() -> None:
    person = in_doubt(timedelta(days=7, hours=3), timedelta(hours=3))
    asked = asked_about("aha toner tomorrow", "prep_skincare", person, book(), products=("exfoliants",))
    assert asked.topic == "after_products"
