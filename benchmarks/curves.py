"""What would come of other thresholds: for the parts of a message, and for short remarks after an answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nlu.follow_up_reader
import nlu.following_up
import nlu.question_joiner
from benchmarks.clocked import clocked_assistant
from benchmarks.scoring import Share
from benchmarks.tables import table
from nlu.joining import Thresholds, Understood, questions
from tests.conversations.questions import TUNED_ON, load_doubles, load_follow_ups, load_fresh, load_singles

CONFIDENCES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
WEIGHTS = (0.0, 0.5, 0.7, 1.0, 1.5)


@dataclass(frozen=True)
class Read:
    """How the pipeline understood a message that may hold several questions."""

    whole: Understood
    parts: Sequence[Understood]
    groups: Mapping[str, str]

    def topics(self, thresholds: Thresholds) -> list[str]:
        """What would be answered."""
        chosen = questions(self.whole, self.parts, self.groups, thresholds)
        return [self.parts[n].topic if n >= 0 else self.whole.topic for n in chosen] or [self.whole.topic]


topic_of = nlu.following_up.topic_of
"""As it is without anybody listening."""


def curves(folder: Path) -> str:
    """Two tables, on the questions that thresholds were tuned on; the assistant runs in this process."""
    with clocked_assistant(folder) as assistant:

        def say(before: Sequence[str], text: str, forget: Callable[[], None] = lambda: None) -> None:
            now, conversation = datetime.now(timezone.utc), f"website-{uuid.uuid4().hex}"
            for each in before:
                assistant.say(conversation, each, now, "UTC")
            forget()
            assistant.say(conversation, text, now, "UTC")

        return f"{_of_parts(say)}\n\n{_of_remarks(say)}"


def _of_parts(say: Callable[..., None]) -> str:
    doubles = [double for double in load_doubles(TUNED_ON) if len(double.asks) > 1]
    singles = load_singles(TUNED_ON)
    asked = [(double, _read(say, double.text)) for double in doubles]
    alone = [_read(say, single.text) for single in singles]
    rows = []
    for confidence in CONFIDENCES:
        thresholds = Thresholds(clear=confidence, beside_sure=confidence)
        whole = [len(read.topics(thresholds)) == len(double.asks) for double, read in asked if read]
        split = [len(read.topics(thresholds)) > 1 for read in alone if read]
        rows.append([confidence, Share(sum(whole), len(doubles)), Share(sum(split), len(singles))])
    return "\n\n".join(
        [
            "How sure a part must be to be answered by itself:",
            table(["confidence from", "doubles with as many answers as questions", "singles split"], rows),
        ]
    )


def _read(say: Callable[..., None], text: str) -> Read | None:
    found: list[Read] = []

    def listening(
        whole: Understood, parts: Sequence[Understood], groups: Mapping[str, str], _: Thresholds
    ) -> Any:
        found.append(Read(whole, [replace(part) for part in parts], groups))
        return questions(whole, parts, groups, Thresholds())

    with patch.object(nlu.question_joiner, "questions", listening):
        say((), text)
    return found[-1] if found else None


def _of_remarks(say: Callable[..., None]) -> str:
    follow_ups = [ask for ask in load_follow_ups(TUNED_ON) if ask.kind is None]
    fresh = load_fresh(TUNED_ON)
    calls = [(ask.topic, _remark(say, ask.before, ask.text)) for ask in follow_ups]
    new = [(ask.topic, _remark(say, ask.before, ask.text)) for ask in fresh]
    rows = []
    for weight in WEIGHTS:
        with _weight_of_context(weight):
            right = sum(topic_of(*call) in topics for topics, call in calls if call)
            taken = sum(call[3].topic == topic_of(*call) not in topics for topics, call in new if call)
        considered = sum(call is not None for _, call in calls)
        rows.append([weight, Share(right, considered), Share(taken, len(fresh))])
    return "\n\n".join(
        [
            "How much the reading behind the question before counts, beside the remark alone (1: as much):",
            table(["weight", "follow-ups with the right topic", "new questions taken for follow-ups"], rows),
        ]
    )


def _remark(say: Callable[..., None], before: Sequence[Any], text: str) -> tuple[Any, ...] | None:
    calls: list[tuple[Any, ...]] = []

    def listening(*given: Any) -> str:
        calls.append(given)
        return topic_of(*given)

    with patch.object(nlu.follow_up_reader, "topic_of", listening):
        say([each.text for each in before], text, calls.clear)
    return calls[-1] if calls else None


@contextmanager
def _weight_of_context(weight: float) -> Iterator[None]:
    both = nlu.following_up.both

    def weighed(alone: Mapping[str, float], behind: Mapping[str, float], _: float = 0.0) -> dict[str, float]:
        return both(alone, behind, weight)

    with patch.object(nlu.following_up, "both", weighed):
        yield
