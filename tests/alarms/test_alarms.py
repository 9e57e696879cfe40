"""Tests of alarm recall and false positives with the trained assistant."""

from __future__ import annotations

from collections.abc import Sequence

from testbed.alarm_messages import load_messages
from tests.servers import RunningAssistant

# benchmarks/results.md says how many really are; this notices when they become fewer
MOST_MISSED = 0.1
MOST_FALSE = 0.12


def urgent(assistant: RunningAssistant, texts: Sequence[str]) -> list[bool]:
    answers = [assistant.visitor().say(text) for text in texts]
    return [any(said["metadata"]["outcome"] == "urgent" for said in answer) for answer in answers]


def test_nearly_every_alarm_is_heard(assistant: RunningAssistant) -> None:
    texts = load_messages("tuned_on").alarms
    missed = [text for text, heard in zip(texts, urgent(assistant, texts)) if not heard]
    assert len(missed) <= MOST_MISSED * len(texts), missed


def test_few_messages_that_sound_like_one_are_taken_for_one(assistant: RunningAssistant) -> None:
    texts = load_messages("tuned_on").others
    false = [text for text, heard in zip(texts, urgent(assistant, texts)) if heard]
    assert len(false) <= MOST_FALSE * len(texts), false
