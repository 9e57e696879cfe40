"""Tests of the question files: valid references, no duplicates, sufficient numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.core.content.lexicon import load_lexicon
from assistant.core.content.topics import load_topics
from assistant.core.content.training_examples import load_follow_up_examples, load_segmentation_examples
from assistant.core.validation.comparison import canonical
from testbed.dialogue_questions import (
    HELD_OUT,
    TUNED_ON,
    load_doubles,
    load_follow_ups,
    load_fresh,
    load_singles,
)
from testbed.expected_answers import Expected
from tests.conversations.scripts import Script, Turn, fill_in_days, load_scripts

DATA = Path(__file__).parents[2] / "data"
BOTH = (HELD_OUT, TUNED_ON)
DOUBLES = [double for folder in BOTH for double in load_doubles(folder)]
SINGLES = [single for folder in BOTH for single in load_singles(folder)]
FOLLOW_UPS = [ask for folder in BOTH for ask in load_follow_ups(folder)]
FRESH = [fresh for folder in BOTH for fresh in load_fresh(folder)]
SCRIPTS = load_scripts()
TURNS = [turn for script in SCRIPTS for turn in script.turns]


def test_there_are_enough_of_each() -> None:
    """One of 85 % needs more than 60 questions, one of 2 % more than 100, of which it takes both sets."""
    assert len(load_doubles(HELD_OUT)) >= 60
    assert len(load_follow_ups(HELD_OUT)) >= 60
    assert len([double for double in DOUBLES if len(double.asks) > 1]) >= 90
    assert len(SINGLES) >= 120
    assert len(FOLLOW_UPS) >= 90
    assert len(FRESH) >= 120
    assert len(SCRIPTS) >= 40


def test_one_half_of_twenty_doubles_is_no_ordinary_question() -> None:
    """An alarm, something that the articles leave out, or another subject."""
    assert sum(any(ask.outcome for ask in double.asks) for double in DOUBLES) >= 20
    assert {"urgent", "not_covered", "out_of_scope"} <= {
        outcome for double in DOUBLES for ask in double.asks for outcome in ask.outcome
    }


def test_nothing_has_more_answers_than_a_message_gets() -> None:
    assert [double.text for double in DOUBLES if not 1 <= len(double.asks) <= 3] == []


def test_an_alarm_is_answered_first() -> None:
    alarms = [double for double in DOUBLES if any("urgent" in ask.outcome for ask in double.asks)]
    assert [double.text for double in alarms if "urgent" not in double.asks[0].outcome] == []


def test_every_topic_exists() -> None:
    assert set(_topics()) - set(load_topics(DATA)) == set()


def test_every_entity_exists() -> None:
    lexicon = load_lexicon(DATA)
    named = {pair for expected in _expected() for pair in expected.entities}
    named |= {("condition", condition) for turn in TURNS for condition in _conditions(turn)}
    assert {(entity, value) for entity, value in named if value not in lexicon[entity]} == set()


def test_every_question_says_what_it_asks() -> None:
    """A topic, or the kind of a follow-up and what it is about."""
    assert [single.text for single in SINGLES if not single.topic] == []
    assert [fresh.text for fresh in FRESH if not fresh.topic] == []
    assert [ask.text for ask in FOLLOW_UPS if bool(ask.topic) == bool(ask.kind and ask.about)] == []


def test_no_message_is_there_twice() -> None:
    """A follow-up may be, after different messages; what was said before may be, too."""
    texts = [*(double.text for double in DOUBLES), *(single.text for single in SINGLES)]
    texts += [fresh.text for fresh in FRESH]
    talks = ["|".join([*(earlier.text for earlier in ask.before), ask.text]) for ask in FOLLOW_UPS]
    assert _repeated(texts) == []
    assert _repeated(talks) == []


def test_no_message_is_learned_by_heart() -> None:
    """Neither by the question splitter nor by the weights of follow-ups."""
    asked = {canonical(text) for text in [*(each.text for each in DOUBLES), *(each.text for each in SINGLES)]}
    learned = {canonical(message.without_marks) for message in load_segmentation_examples(DATA)}
    talks = {(canonical(ask.before[-1].text), canonical(ask.text)) for ask in FOLLOW_UPS}
    learned_talks = {(canonical(talk.before), canonical(talk.text)) for talk in load_follow_up_examples(DATA)}
    assert asked & learned == set()
    assert talks & learned_talks == set()


def test_all_of_the_subject_is_asked_about() -> None:
    """Dialogue aside, no topic is left out."""
    subject = {topic.id for topic in load_topics(DATA).values() if not topic.is_dialogue}
    assert subject - set(_topics()) == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_a_script_is_a_conversation(script: Script) -> None:
    """Three to twelve turns; each expects something, and points back at a turn before it."""
    assert 3 <= len(script.turns) <= 12
    assert [turn for turn in script.turns if not turn.expects] == []
    for number, turn in enumerate(script.turns, start=1):
        assert (turn.same_check_as or 0) < number


def test_scripts_do_everything_that_people_do() -> None:
    """Each of these is easily lost when scripts are edited."""
    assert {turn.does for turn in TURNS} >= {"reload", "erase"}
    assert {turn.presses for turn in TURNS} >= {"first_choice", "none_of_these"}
    assert {turn.kind for turn in TURNS} >= {"source", "more", "why", "sure"}
    assert any(turn.never_asks for turn in TURNS)
    assert any(turn.same_check_as for turn in TURNS)


def test_days_are_filled_in_as_people_write_them() -> None:
    today = date(2026, 11, 20)
    assert fill_in_days("on {day -2} at 15:00", today) == "on 2026-11-18 at 15:00"
    assert fill_in_days("{weekday 2}, not {weekday -1}", today) == "sunday, not thursday"


def test_a_turn_is_one_act() -> None:
    with pytest.raises(ValidationError, match="exactly one of"):
        Turn(says="hello", does="reload")


def _expected() -> Iterator[Expected]:
    yield from (*SINGLES, *FOLLOW_UPS, *FRESH)
    yield from (ask for double in DOUBLES for ask in double.asks)
    yield from (answer for turn in TURNS for answer in turn.answers)


def _topics() -> Iterator[str]:
    yield from (topic for expected in _expected() for topic in expected.topic)
    abouts = [*(ask.about for ask in FOLLOW_UPS), *(turn.about for turn in TURNS)]
    befores = [*(ask.before for ask in FOLLOW_UPS), *(fresh.before for fresh in FRESH)]
    yield from (topic for about in abouts for topic in about)
    yield from (topic for before in befores for earlier in before for topic in earlier.topic)


def _conditions(turn: Turn) -> set[str]:
    return {*turn.but, *turn.never_asks, *turn.conditions}


def _repeated(texts: list[str]) -> list[str]:
    return [text for text, count in Counter(text.casefold() for text in texts).items() if count > 1]
