"""Checks of the held-out questions: ``tests/nlu``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.dialogue.message_builder import OTHER
from assistant.core.validation.entity_values import covered_values
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.question_files import QuestionFile
from assistant.core.validation.references import unknown, unknown_topics

FEWEST = 6
NONE_NAMED = "none"
"""Label of a question that names no concern or condition."""


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield topics with too few questions, questions without a topic or in the wrong file, and unknown labels."""
    yield from _too_few(material)
    for file in material.questions:
        yield from _misplaced(material, file)
        yield from _label_issues(material, file)


def _too_few(material: ProjectContent) -> Iterator[Issue]:
    counts = Counter({file.entry.topic: len(file.entry.questions) for file in material.questions})
    for topic in material.topics if material.is_whole("question") else ():
        if counts[topic.id] < FEWEST:
            path = material.path("tests", "nlu", topic.group, f"{topic.id}.yml")
            yield Issue(
                path, "too few test questions", got=counts[topic.id] or "none", expected=f"at least {FEWEST}"
            )


def _misplaced(material: ProjectContent, file: Placed[QuestionFile]) -> Iterator[Issue]:
    topic = next((topic for topic in material.topics if topic.id == file.entry.topic), None)
    if topic is None:
        yield from unknown_topics(material, str(file.path), "questions", [file.entry.topic])
        return
    expected = material.root / "tests" / "nlu" / topic.group / f"{topic.id}.yml"
    if file.path != expected:
        yield Issue(str(file.path), f"questions of {topic.id}: stand in the wrong file", expected=expected)


def _label_issues(material: ProjectContent, file: Placed[QuestionFile]) -> Iterator[Issue]:
    for number, question in enumerate(file.entry.questions, start=1):
        path, place = str(file.path), f"question {number}"
        yield from unknown_topics(material, path, f"{place}, also", question.also)
        for entity, value in (("concern", question.concern), ("condition", question.condition)):
            known = covered_values(material, entity)
            if value is not None and known is not None:
                yield from unknown(path, place, entity, [value], [*known, OTHER, NONE_NAMED])
