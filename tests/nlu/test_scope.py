"""Tests of the step that declines other subjects, with readings made up: names and classifiers decide together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.core.protocol import FALLBACK, OUT_OF_SCOPE
from assistant.nlu.classifiers.follow_ups import FollowUpRanker
from tests.nlu.test_steps import SETTINGS, Event, answered, understood

names_other = SETTINGS.filter_scope.names_other if SETTINGS.filter_scope else 0.0
PAIN: tuple[Event, Event] = answered("pain", "does it hurt")


def intent_of(text: str, topics: Mapping[str, float]) -> str:
    return understood(text, {text: topics})[0].whole.intent


def test_another_treatment_alone_is_declined_unless_the_classifiers_rule_it_out() -> None:
    assert intent_of("does botox hurt", {"pain": 0.9, OUT_OF_SCOPE: 2 * names_other}) == OUT_OF_SCOPE
    assert intent_of("does botox hurt", {"pain": 0.9, OUT_OF_SCOPE: names_other / 2}) == "pain"


def test_a_question_that_names_no_treatment_is_left_to_the_classifiers() -> None:
    assert intent_of("does it hurt", {"pain": 0.6, OUT_OF_SCOPE: 0.4}) == "pain"


@pytest.mark.parametrize("text", ["is needling safe over threads and filler", "botox the same week"])
def test_another_treatment_beside_microneedling_is_not_declined(text: str) -> None:
    assert intent_of(text, {OUT_OF_SCOPE: 0.6, "injectables_timing": 0.4}) == "injectables_timing"


def test_it_is_clarified_if_no_topic_is_likely() -> None:
    topics = {OUT_OF_SCOPE: 0.6, "injectables_timing": 0.1, "cost": 0.1, "pain": 0.1, "treats": 0.1}
    assert intent_of("botox the same week", topics) == FALLBACK


def test_after_an_answer_a_whole_question_about_another_treatment_is_declined_and_a_rest_is_not() -> None:
    topics = {
        text: {"pain": 0.9, OUT_OF_SCOPE: 0.1}
        for text in (
            "does botox hurt",
            "does it hurt does botox hurt",
            "botox hurting",
            "does it hurt botox hurting",
        )
    }
    ranker = FollowUpRanker({"context": 1.0, "unrelated, bias": -9.0})
    intents = [
        understood(text, topics, events=PAIN, follow_ups=ranker)[0].whole.intent
        for text in ("does botox hurt", "botox hurting")
    ]
    assert intents == [OUT_OF_SCOPE, "pain"]


BOTOX, PRICE = "does botox hurt", "what is the price"
READ: dict[str, Mapping[str, float]] = {
    BOTOX: {"pain": 0.5, OUT_OF_SCOPE: 0.5},
    PRICE: {"cost": 0.95},
    f"{BOTOX} and {PRICE}": {"pain": 0.5, OUT_OF_SCOPE: 0.3},
    f"{BOTOX}. {PRICE}": {"pain": 0.5, OUT_OF_SCOPE: 0.3},
    f"{BOTOX} and what is the price of needling": {"pain": 0.5, OUT_OF_SCOPE: 0.3},
    "what is the price of needling": {"cost": 0.95},
}


def test_the_rest_of_a_sentence_about_another_treatment_is_about_it_too() -> None:
    state, _ = understood(f"{BOTOX} and {PRICE}", READ, boundary=3)
    assert (state.whole.intent, state.questions) == (OUT_OF_SCOPE, ())


@pytest.mark.parametrize("text", [f"{BOTOX}. {PRICE}", f"{BOTOX} and what is the price of needling"])
def test_another_sentence_or_one_that_names_microneedling_is_answered(text: str) -> None:
    state, _ = understood(text, READ, boundary=3)
    assert [each.intent for each in state.questions][-1] == "cost"
