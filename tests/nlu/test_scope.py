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
