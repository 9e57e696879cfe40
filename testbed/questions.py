"""Held-out questions with one topic each: ../shared/eval and tests/nlu."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from assistant.core.content.topics import load_topics
from assistant.core.content.yaml_files import read_yaml
from testbed.environment import ROOT

OUT_OF_SCOPE = "out_of_scope"
EVAL, TESTS = "eval", "tests/nlu"
_EVAL_FILE = ROOT.parent / "shared" / "eval" / "questions.yml"
_TESTS_FOLDER = ROOT / "tests" / "nlu"


@dataclass(frozen=True)
class Question:
    """A message with its expected interpretation."""

    text: str
    topic: str
    also: tuple[str, ...] = ()
    urgent: bool = False
    concern: str | None = None
    condition: str | None = None

    @property
    def topics(self) -> frozenset[str]:
        """Return all acceptable topics, those that were split from one of them included."""
        named = {self.topic, *self.also}
        return frozenset(named | {topic for topic, wider in _wider().items() if wider in named})

    @property
    def is_foreign(self) -> bool:
        """Return whether it is out of scope."""
        return self.topic == OUT_OF_SCOPE


Questions = Mapping[str, Sequence[Question]]
"""Questions by the name of their set."""


def load_eval(path: Path = _EVAL_FILE) -> list[Question]:
    """Load the evaluation's messages with a single question; empty if the file does not exist."""
    if not path.exists():
        return []
    return [_question(given) for given in read_yaml(path) if not {"context", "topics"} & set(given)]


def eval_talks(
    path: Path = _EVAL_FILE,
) -> tuple[list[tuple[str, list[str]]], list[tuple[str, str, str]]]:
    """Load the evaluation's messages with several questions, with topics, and its follow-ups, with context."""
    given = read_yaml(path) if path.exists() else []
    doubles = [(each["text"], each["topics"]) for each in given if "topics" in each]
    follow_ups = [(each["context"], each["text"], each["topic"]) for each in given if "context" in each]
    return doubles, follow_ups


def load_tests(folder: Path = _TESTS_FOLDER) -> list[Question]:
    """Load the project's own held-out questions."""
    files = (read_yaml(path) for path in sorted(folder.glob("*/*.yml")))
    return [_question({"topic": file["topic"], **given}) for file in files for given in file["questions"]]


def load_questions(count: int | None = None) -> Questions:
    """Load both sets by name, or `count` questions of each; a missing set is skipped."""
    sets = {EVAL: load_eval(), TESTS: load_tests()}
    return {name: sample(given, count) for name, given in sets.items() if given}


def sample(questions: Sequence[Question], count: int | None) -> list[Question]:
    """Return a reproducible random sample, or all questions in order without a count."""
    if count is None or count >= len(questions):
        return list(questions)
    return random.Random(0).sample(list(questions), count)


def mixed_texts(per_set: int | None, count: int) -> list[str]:
    """Return `count` messages of both sets in a reproducible random order, repeated if there are fewer."""
    texts = [each.text for given in load_questions(per_set).values() for each in given]
    random.Random(0).shuffle(texts)
    return list(islice(cycle(texts), count))


@lru_cache(maxsize=1)
def _wider() -> dict[str, str]:
    """Return the topic that each topic was split from."""
    return {topic.id: topic.wider for topic in load_topics(ROOT / "data").values() if topic.wider}


def _question(given: Mapping[str, Any]) -> Question:
    return Question(
        text=given["text"],
        topic=given["topic"],
        also=tuple(given.get("also", ())),
        urgent=bool(given.get("urgent")),
        concern=given.get("concern"),
        condition=given.get("condition"),
    )
