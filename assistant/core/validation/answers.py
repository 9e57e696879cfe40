"""Checks of the set of answers and their references: ``data/en/responses``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.content.language import LANGUAGE
from assistant.core.protocol import FOLLOW_UP_REPLIES
from assistant.core.validation.project_content import Answer, ProjectContent
from assistant.core.validation.references import given_twice, unknown_facts, unknown_topics

ASKING_BACK = "utter_nlu_fallback"
"""Response that asks which topic is meant."""
WITHOUT_TOPIC = frozenset(
    {
        ASKING_BACK,
        "utter_ask_date",
        "utter_acknowledge",
        "utter_start_over",
        "utter_stop",
        "utter_unclear_symptom",
        "utter_yes_or_no",
        *(f"utter_{reply}" for reply in FOLLOW_UP_REPLIES),
    }
)
"""Responses without a topic: they ask something, or are about the previous answer."""


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield topics without an answer, answers without a topic or in the wrong file, and unknown references."""
    yield from _unanswered(material)
    yield from _given_twice(material)
    for answer in material.answers:
        yield from _misnamed(material, answer)
        yield from _references(material, answer)


def _unanswered(material: ProjectContent) -> Iterator[Issue]:
    answered = {answer.name for answer in material.answers}
    for topic in material.topics if material.is_whole("response") else ():
        if topic.response not in answered:
            path = material.path("data", LANGUAGE, "responses", f"{topic.group}.yml")
            yield Issue(path, f"topic {topic.id} has no answer", expected=topic.response)


def _given_twice(material: ProjectContent) -> Iterator[Issue]:
    files: dict[str, set[Path]] = defaultdict(set)
    for answer in material.answers:
        files[answer.name].add(answer.path)
    for name, paths in files.items():
        first, *others = sorted(paths)
        for path in others:
            yield Issue(str(path), f"{name}: given twice", got=f"already in {first}")


def _misnamed(material: ProjectContent, answer: Answer) -> Iterator[Issue]:
    if answer.name in WITHOUT_TOPIC or not material.is_whole("topic"):
        return
    topic = next((topic for topic in material.topics if topic.response == answer.name), None)
    path = str(answer.path)
    if topic is None:
        yield Issue(path, f"{answer.place}: answers no topic", expected="utter_<topic of data/topics.yml>")
        return
    if answer.path.stem != topic.group:
        belongs = material.path("data", LANGUAGE, "responses", f"{topic.group}.yml")
        yield Issue(path, f"{answer.place}: stands in the file of another group", expected=belongs)
    if answer.response.metadata.topic != topic.id:
        named = answer.response.metadata.topic
        yield Issue(
            path, f"{answer.place}: its topic is not the one of its name", got=named, expected=topic.id
        )


def _references(material: ProjectContent, answer: Answer) -> Iterator[Issue]:
    path, metadata = str(answer.path), answer.response.metadata
    if answer.name in WITHOUT_TOPIC:
        yield from unknown_topics(material, path, answer.place, [metadata.topic])
    yield from unknown_facts(material, path, answer.place, answer.response.facts)
    yield from unknown_topics(material, path, f"{answer.place}, near", metadata.near)
    yield from given_twice(path, f"{answer.place}, near", metadata.near)
    if answer.topic in metadata.near:
        yield Issue(path, f"{answer.place}, near: names the topic itself")
