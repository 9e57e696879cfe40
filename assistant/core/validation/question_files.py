"""Held-out questions for evaluating the NLU: ``tests/nlu``, never used for training."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records, read_yaml


class TestQuestion(Record):
    """A question with its labels."""

    text: str
    style: str
    also: tuple[str, ...] = ()
    """Other correct topics."""
    urgent: bool = False
    concern: str | None = None
    condition: str | None = None


class QuestionFile(Record):
    """The questions of one topic."""

    topic: str
    questions: tuple[TestQuestion, ...]


def load_questions(path: Path) -> QuestionFile:
    """Load the questions of one file.

    Raises:
        ContentError: with every issue of the file.
    """
    questions = read_records(path, "questions", TestQuestion)
    topic = read_yaml(path).get("topic")
    if not isinstance(topic, str):
        raise ContentError([Issue(str(path), "has no topic", expected="topic: …")])
    return QuestionFile(topic=topic, questions=tuple(questions))
