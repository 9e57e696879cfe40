"""Tests of the selection of segments that are answered separately."""

from __future__ import annotations

import pytest

from assistant.nlu.settings import SelectionSettings
from assistant.nlu.steps.select_questions import WHOLE, SegmentReading, choose

SETTINGS = SelectionSettings(threshold=0.5, out_of_scope_threshold=0.7)


def chosen(whole: SegmentReading, *parts: SegmentReading) -> list[int]:
    return choose(whole, parts, SETTINGS)


def part(topic: str, confidence: float = 0.95, **about: object) -> SegmentReading:
    return SegmentReading(topic, confidence, **about)  # type: ignore[arg-type]


def test_two_topics_are_two_questions_in_their_order() -> None:
    assert chosen(part("pain"), part("pain"), part("cost")) == [0, 1]


def test_the_same_topic_twice_is_one_question() -> None:
    assert chosen(part("pain"), part("pain"), part("pain")) == []


def test_another_concern_is_another_question() -> None:
    acne, scars = {"concern": frozenset({"acne"})}, {"concern": frozenset({"scars"})}
    assert chosen(part("treats"), part("treats", named=acne), part("treats", named=scars)) == [0, 1]


def test_a_part_that_is_not_understood_leaves_the_message_whole() -> None:
    assert chosen(part("pain"), part("pain"), part("nlu_fallback", 0.3)) == []


@pytest.mark.parametrize("said", ["greet", "thanks", "goodbye", "acknowledge"])
def test_small_talk_beside_a_question_is_none(said: str) -> None:
    """ "lol ok. what about wrinkles" """
    assert chosen(part("pain"), part(said), part("pain")) == []


def test_no_more_than_three_are_answered() -> None:
    topics = ("pain", "cost", "redness", "results")
    assert chosen(part("pain"), *map(part, topics)) == [0, 1, 2]


def test_what_is_only_told_about_something_else_is_no_question() -> None:
    """ "is it an hour? i have a parking meter" """
    told = part("out_of_scope", asks=False)
    assert chosen(part("pain"), part("pain"), told) == []
    assert chosen(part("pain"), part("pain"), part("out_of_scope")) == [0, 1]


def test_when_somebody_was_treated_is_no_question_beside_one() -> None:
    """ "dermapen 3 days ago. foundation yet?" """
    assert chosen(part("makeup"), part("timeline", asks=False), part("makeup")) == []
    assert chosen(part("makeup"), part("timeline"), part("makeup")) == [0, 1]


def test_an_unclear_symptom_is_not_asked_about_beside_an_alarm() -> None:
    alarm = part("urgent", urgent=True, exact_sign=True)
    assert chosen(part("pain"), part("unclear_symptom"), alarm) == [1]
    assert chosen(part("pain"), part("unclear_symptom"), part("cost")) == [0, 1]


def test_an_alarm_comes_first() -> None:
    alarm = part("urgent", urgent=True, exact_sign=True)
    assert chosen(part("pain"), part("pain"), alarm) == [1, 0]


def test_an_alarm_that_only_the_whole_tells_comes_first_too() -> None:
    assert chosen(part("urgent", urgent=True), part("cost")) == [WHOLE, 0]


def test_what_is_asked_about_the_alarming_skin_is_answered_after_the_alarm() -> None:
    """In general only: assistant.server.rasa.turns marks it."""
    assert chosen(part("urgent", urgent=True), part("moisturiser")) == [WHOLE, 0]


def test_nothing_else_about_symptoms_is_said_beside_an_alarm() -> None:
    alarm = part("urgent", urgent=True, exact_sign=True)
    assert chosen(part("urgent", urgent=True), alarm, part("symptom_report"), part("cost")) == [0, 2]


def test_how_long_it_takes_to_heal_before_a_day_that_matters_is_read_from_the_whole() -> None:
    assert chosen(part("weigh_event"), part("pain"), part("downtime")) == [0, WHOLE]


def test_a_part_alone_may_sound_graver_than_it_is() -> None:
    assert chosen(part("pain"), part("pain"), part("urgent", urgent=True)) == []
