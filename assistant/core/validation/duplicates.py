"""Checks for duplicate phrases, and for test questions among the training phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.text_normalization import canonical

Line = tuple[Path, str, str]
"""File, topic and text of a phrase or question."""


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield phrases and questions that differ only in case, punctuation and white space."""
    phrases = [(phrase.path, phrase.entry.topic, phrase.entry.text) for phrase in material.phrases]
    questions = [
        (file.path, file.entry.topic, question.text)
        for file in material.questions
        for question in file.entry.questions
    ]
    yield from _given_twice("phrase", phrases)
    yield from _given_twice("test question", questions)
    yield from _learned(phrases, questions)


def _given_twice(kind: str, lines: Iterable[Line]) -> Iterator[Issue]:
    topics: dict[str, str] = {}
    for path, topic, text in lines:
        key = canonical(text)
        first = topics.get(key)
        topics.setdefault(key, topic)
        if first == topic:
            yield Issue(str(path), f"the same {kind} twice", got=text)
        elif first is not None:
            yield Issue(str(path), f"the same {kind} under two topics", got=f"{text} / also under {first}")


def _learned(phrases: Iterable[Line], questions: Iterable[Line]) -> Iterator[Issue]:
    asked = {canonical(text): path for path, _, text in questions}
    for path, _, text in phrases:
        if canonical(text) in asked:
            yield Issue(
                str(path),
                "a phrase is a test question too",
                got=text,
                expected=f"only in {asked[canonical(text)]}",
            )
