"""Tests of the decision between an alarm, a question back and neither, by words and probability."""

from __future__ import annotations

import pytest

from assistant.core.content.topics import load_intents
from assistant.nlu.text.analysis import Entity
from tests.nlu.test_alarm_rules import DATA
from tests.nlu.test_steps import understood


def verdict(
    text: str,
    probability: float,
    topic: str = "symptom_report",
    confidence: float = 0.8,
    unclear: float = 0.0,
) -> str:
    """Return the intent after all steps."""
    topics, alarms = {text: {topic: confidence}}, {text: probability}
    state, _ = understood(text, topics, alarms=alarms, unclear={text: unclear})
    return state.whole.intent


@pytest.mark.parametrize(
    ("text", "probability"),
    [("my cheek looks strange", 0.6), ("there's pus", 0.3), ("it's going down a lot", 0.95)],
)
def test_what_is_likely_is_an_alarm(text: str, probability: float) -> None:
    assert verdict(text, probability) == "urgent"


@pytest.mark.parametrize("text", ["day 2 is much better than day 1", "the bruise is turning yellow"])
def test_what_becomes_less_is_asked_about_if_it_sounds_bad(text: str) -> None:
    assert verdict(text, 0.8) == "unclear_symptom"
    assert verdict(text, 0.1) == "symptom_report"


def test_a_report_that_is_not_quite_an_alarm_is_asked_about() -> None:
    assert verdict("forehead is tight and itchy", 0.45) == "unclear_symptom"


def test_an_unclear_symptom_is_asked_about_however_unlikely_an_alarm_is() -> None:
    assert verdict("one cheek looks odd", 0.01, unclear=0.8) == "unclear_symptom"
    assert verdict("one cheek looks odd", 0.01, unclear=0.1) == "symptom_report"
    assert verdict("one cheek looks odd", 0.9, unclear=0.8) == "urgent"
    assert verdict("one cheek looks odd", 0.75, unclear=0.8) == "unclear_symptom"
    assert verdict("one cheek is much less sore", 0.01, unclear=0.8) == "symptom_report"
    assert verdict("no pus, only dry", 0.01, unclear=0.8) == "symptom_report"


def test_a_report_without_a_sign_is_an_alarm_however_clear_its_topic() -> None:
    assert verdict("forehead is tight and itchy", 0.6, confidence=0.95) == "urgent"
    assert verdict("forehead is tight and itchy", 0.1, confidence=0.95) == "symptom_report"


@pytest.mark.parametrize(
    "text", ["no fever, only that she's confused", "no pus, but my cheek is hard as a rock"]
)
def test_what_is_denied_leaves_an_alarm_beside_it_that_is_nearly_certain(text: str) -> None:
    assert verdict(text, 0.99) == "urgent"
    assert verdict(text, 0.8) == "symptom_report"


@pytest.mark.parametrize("text", ["no pus, not weeping, just dry", "what if it gets infected"])
def test_what_is_denied_or_only_feared_is_not_asked_about(text: str) -> None:
    assert verdict(text, 0.65) == "symptom_report"


def test_a_bare_sign_of_after_a_treatment_is_asked_about_where_none_is_known() -> None:
    assert verdict("there's a smell", 0.99) == "unclear_symptom"
    assert verdict("there's a smell since my session yesterday", 0.5) == "urgent"


def test_a_question_about_something_else_is_not_asked_about() -> None:
    assert verdict("it's fading, can i wear make-up", 0.8, topic="after_makeup") == "after_makeup"


def told(text: str, *symptoms: str, topic: str = "symptom_report") -> str:
    """Return the intent of a message with these symptoms, an alarm being unlikely."""
    entities = [Entity("symptom", each) for each in symptoms]
    state, _ = understood(text, {text: {topic: 0.8}}, entities=entities)
    return state.whole.intent


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("my face is red, i was treated 3 days ago", "redness"),
        ("cheeks are sore, i was treated 4 days ago", "soreness"),
        ("my face is itchy, i was treated yesterday", "itching"),
        ("it is flaky, i was treated 9 days ago", "peeling"),
        ("one cheek is red, i was treated an hour ago", "redness"),
        ("it stays a bit red, i was treated 2 days ago", "redness"),
    ],
)
def test_a_symptom_that_no_rule_expects_on_that_day_is_asked_about(text: str, symptom: str) -> None:
    assert told(text, symptom) == "unclear_symptom"


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("my face is red, i was treated an hour ago", "redness"),
        ("it is flaky, i was treated 4 days ago", "peeling"),
        ("my face is a bit itchy, i was treated yesterday", "itching"),
        ("my face is red but fading, i was treated 3 days ago", "redness"),
        ("is it normal that my face is red, i was treated 3 days ago", "redness"),
        ("my face is red", "redness"),
    ],
)
def test_what_is_expected_or_slight_or_only_asked_is_answered(text: str, symptom: str) -> None:
    assert told(text, symptom) == "symptom_report"


def test_what_is_expected_now_is_answered_though_it_sounds_unclear() -> None:
    text = "my face is red, i was treated an hour ago"
    state, _ = understood(
        text,
        {text: {"symptom_report": 0.8}},
        entities=[Entity("symptom", "redness")],
        unclear={text: 0.9},
    )
    assert state.whole.intent == "symptom_report"
    assert verdict("my face is red", 0.01, unclear=0.9) == "unclear_symptom"


def test_a_report_read_as_a_topic_of_that_symptom_is_asked_about_too() -> None:
    assert told("my cheeks stay puffy, i was treated 2 days ago", "swelling", topic="swelling_bruising") == (
        "unclear_symptom"
    )
    assert told(
        "how long is swelling there, i was treated 2 days ago", "swelling", topic="swelling_bruising"
    ) == ("swelling_bruising")


def test_the_question_back_has_an_answer_of_its_own() -> None:
    assert load_intents(DATA)["unclear_symptom"].answer == "utter_unclear_symptom"
