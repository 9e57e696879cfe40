"""Checks of the held-out questions: ``tests/nlu``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.checking.entity_values import covered_values
from knowledge.checking.material import Material, Placed
from knowledge.checking.question_files import QuestionFile
from knowledge.checking.references import unknown, unknown_topics
from knowledge.composing import OTHER
from knowledge.faults import Fault

FEWEST = 6
NONE_NAMED = "none"
"""Label of a question that names no concern or condition."""


def find_faults(material: Material) -> Iterator[Fault]:
    """Topics with too few questions, questions of no topic or in the wrong file, unknown labels."""
    yield from _too_few(material)
    for file in material.questions:
        yield from _misplaced(material, file)
        yield from _label_faults(material, file)


def _too_few(material: Material) -> Iterator[Fault]:
    counts = Counter({file.entry.topic: len(file.entry.questions) for file in material.questions})
    for topic in material.topics if material.is_whole("question") else ():
        if counts[topic.id] < FEWEST:
            path = material.path("tests", "nlu", topic.group, f"{topic.id}.yml")
            yield Fault(
                path, "too few test questions", got=counts[topic.id] or "none", expected=f"at least {FEWEST}"
            )


def _misplaced(material: Material, file: Placed[QuestionFile]) -> Iterator[Fault]:
    topic = next((topic for topic in material.topics if topic.id == file.entry.topic), None)
    if topic is None:
        yield from unknown_topics(material, str(file.path), "questions", [file.entry.topic])
        return
    expected = material.root / "tests" / "nlu" / topic.group / f"{topic.id}.yml"
    if file.path != expected:
        yield Fault(str(file.path), f"questions of {topic.id}: stand in the wrong file", expected=expected)


def _label_faults(material: Material, file: Placed[QuestionFile]) -> Iterator[Fault]:
    for number, question in enumerate(file.entry.questions, start=1):
        path, place = str(file.path), f"question {number}"
        yield from unknown_topics(material, path, f"{place}, also", question.also)
        for entity, value in (("concern", question.concern), ("condition", question.condition)):
            known = covered_values(material, entity)
            if value is not None and known is not None:
                yield from unknown(path, place, entity, [value], [*known, OTHER, NONE_NAMED])
