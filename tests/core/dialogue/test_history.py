"""The question that a follow-up may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.core.content.topics import Topic, load_topics
from assistant.core.dialogue.history import last_answered
from assistant.core.protocol import START_OVER


@pytest.fixture(scope="module")
def topics() -> Mapping[str, Topic]:
    return load_topics(Path("data"))


def asked(text: str) -> dict[str, Any]:
    return {"event": "user", "text": text}


def said(topic: str, outcome: str, response: str | None = None) -> dict[str, Any]:
    about = {"topic": topic, "outcome": outcome}
    return {"event": "bot", "metadata": {"metadata": about, "utter_action": response}}


QUESTION = [asked("does it hurt"), said("pain", "answered")]


def newest(*events: dict[str, Any]) -> list[dict[str, Any]]:
    return list(reversed(events))


def test_small_talk_in_between_is_skipped(topics: Mapping[str, Topic]) -> None:
    found = last_answered(newest(*QUESTION, asked("ok"), said("acknowledge", "smalltalk")), topics)
    assert found is not None
    assert found.topic == "pain"


@pytest.mark.parametrize(
    "end", [said("greet", "smalltalk", START_OVER), said("pain", "clarify", "utter_nlu_fallback")]
)
def test_a_new_start_and_a_clarification_end_the_search(
    topics: Mapping[str, Topic], end: dict[str, Any]
) -> None:
    assert last_answered(newest(*QUESTION, asked("restart"), end), topics) is None


def test_what_is_answered_after_a_new_start_can_be_followed_up(topics: Mapping[str, Topic]) -> None:
    restart = [asked("restart"), said("greet", "smalltalk", START_OVER)]
    found = last_answered(newest(*restart, *QUESTION), topics)
    assert found is not None
    assert found.topic == "pain"
