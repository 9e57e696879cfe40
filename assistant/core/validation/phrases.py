"""Checks of training phrases, training examples and held-out questions: ``data/en`` and ``tests/nlu``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.topics import Topic
from assistant.core.dialogue.message_builder import OTHER
from assistant.core.protocol import (
    FOLLOW_UP_GROUP,
    FOLLOW_UP_REPLIES,
    FOLLOW_UPS,
    OUT_OF_SCOPE,
    PERSONAL_FACT,
    UNRELATED,
)
from assistant.core.validation.comparison import canonical, unknown, unknown_intents, unknown_topics
from assistant.core.validation.lexicon import covered_values
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.project_files import QuestionFile

FEWEST = 60
FEWEST_DIALOGUE = 30
FEWEST_OUT_OF_SCOPE = 250

_MARKUP = re.compile(r"[\[\]{}]|^/")  # Rasa reads brackets as an entity and a leading slash as a payload
FEWEST_QUESTIONS = 6
NONE_NAMED = "none"
"""Label of a question that names no concern or condition."""
Line = tuple[Path, str, str]
"""File, topic and text of a phrase or question."""


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of phrases, held-out questions and examples, and those that are in two places."""
    yield from _phrase_issues(project)
    yield from _question_issues(project)
    yield from _duplicate_issues(project)
    yield from _example_issues(project)


def _phrase_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield topics with too few phrases, phrases without a topic or in the wrong file, and markup in phrases."""
    yield from _too_few_phrases(project)
    yield from _misplaced_phrases(project)
    for phrase in project.phrases:
        if _MARKUP.search(phrase.entry.text):
            yield Issue(
                str(phrase.path),
                "a phrase with markup",
                got=phrase.entry.text,
                expected="no [ ] { } and no leading /",
            )


def fewest(topic: Topic) -> int:
    """Return the minimum number of phrases of a topic."""
    if topic.id == OUT_OF_SCOPE:
        return FEWEST_OUT_OF_SCOPE
    return FEWEST_DIALOGUE if topic.is_dialogue else FEWEST


def _too_few_phrases(project: ProjectContent) -> Iterator[Issue]:
    counts = Counter(phrase.entry.topic for phrase in project.phrases)
    for topic in project.topics if project.is_whole("phrase") else ():
        if counts[topic.id] < fewest(topic):
            yield Issue(
                project.path("data", LANGUAGE, "nlu", topic.group, f"{topic.id}.yml"),
                "too few phrases",
                got=counts[topic.id] or "none",
                expected=f"at least {fewest(topic)}",
            )


def _misplaced_phrases(project: ProjectContent) -> Iterator[Issue]:
    groups = {topic.id: topic.group for topic in project.topics} | dict.fromkeys(
        FOLLOW_UP_REPLIES, FOLLOW_UP_GROUP
    )
    for path, topic in dict.fromkeys((phrase.path, phrase.entry.topic) for phrase in project.phrases):
        yield from unknown_intents(project, str(path), "intent", [topic])
        if topic in groups and path != project.data / LANGUAGE / "nlu" / groups[topic] / f"{topic}.yml":
            expected = project.path("data", LANGUAGE, "nlu", groups[topic], f"{topic}.yml")
            yield Issue(str(path), f"intent {topic}: stands in the wrong file", expected=expected)


def _question_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield topics with too few questions, questions without a topic or in the wrong file, and unknown labels."""
    yield from _too_few_questions(project)
    for file in project.questions:
        yield from _misplaced_questions(project, file)
        yield from _label_issues(project, file)


def _too_few_questions(project: ProjectContent) -> Iterator[Issue]:
    counts = Counter({file.entry.topic: len(file.entry.questions) for file in project.questions})
    for topic in project.topics if project.is_whole("question") else ():
        if counts[topic.id] < FEWEST_QUESTIONS:
            path = project.path("tests", "nlu", topic.group, f"{topic.id}.yml")
            yield Issue(
                path,
                "too few test questions",
                got=counts[topic.id] or "none",
                expected=f"at least {FEWEST_QUESTIONS}",
            )


def _misplaced_questions(project: ProjectContent, file: Placed[QuestionFile]) -> Iterator[Issue]:
    topic = next((topic for topic in project.topics if topic.id == file.entry.topic), None)
    if topic is None:
        yield from unknown_topics(project, str(file.path), "questions", [file.entry.topic])
        return
    expected = project.root / "tests" / "nlu" / topic.group / f"{topic.id}.yml"
    if file.path != expected:
        yield Issue(str(file.path), f"questions of {topic.id}: stand in the wrong file", expected=expected)


def _label_issues(project: ProjectContent, file: Placed[QuestionFile]) -> Iterator[Issue]:
    for number, question in enumerate(file.entry.questions, start=1):
        path, place = str(file.path), f"question {number}"
        yield from unknown_topics(project, path, f"{place}, also", question.also)
        for entity, value in (("concern", question.concern), ("condition", question.condition)):
            known = covered_values(project, entity)
            if value is not None and known is not None:
                yield from unknown(path, place, entity, [value], [*known, OTHER, NONE_NAMED])


def _duplicate_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield phrases and questions that differ only in case, punctuation and white space."""
    phrases = [(phrase.path, phrase.entry.topic, phrase.entry.text) for phrase in project.phrases]
    questions = [
        (file.path, file.entry.topic, question.text)
        for file in project.questions
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


def _example_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield unknown topics."""
    for message in project.segmentation_examples:
        place = f"message {message.entry.text!r}"
        yield from unknown_topics(project, str(message.path), place, message.entry.topics)
    known = [*(topic.id for topic in project.topics), *FOLLOW_UPS, PERSONAL_FACT, UNRELATED]
    for example in project.follow_up_examples if project.is_whole("topic") else ():
        named = [*example.entry.topic_before, *example.entry.topic]
        yield from unknown(str(example.path), f"follow-up {example.entry.text!r}", "topic", named, known)
