"""Checks of the training phrases: ``data/en/nlu``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.content.language import LANGUAGE
from assistant.core.content.topics import Topic
from assistant.core.protocol import FOLLOW_UP_GROUP, FOLLOW_UP_REPLIES, OUT_OF_SCOPE
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import unknown_intents

FEWEST = 60
FEWEST_DIALOGUE = 30
FEWEST_OUT_OF_SCOPE = 250

_MARKUP = re.compile(r"[\[\]{}]|^/")  # Rasa reads brackets as an entity and a leading slash as a payload


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield topics with too few phrases, phrases without a topic or in the wrong file, and markup in phrases."""
    yield from _too_few(material)
    yield from _misplaced(material)
    for phrase in material.phrases:
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


def _too_few(material: ProjectContent) -> Iterator[Issue]:
    counts = Counter(phrase.entry.topic for phrase in material.phrases)
    for topic in material.topics if material.is_whole("phrase") else ():
        if counts[topic.id] < fewest(topic):
            yield Issue(
                material.path("data", LANGUAGE, "nlu", topic.group, f"{topic.id}.yml"),
                "too few phrases",
                got=counts[topic.id] or "none",
                expected=f"at least {fewest(topic)}",
            )


def _misplaced(material: ProjectContent) -> Iterator[Issue]:
    groups = {topic.id: topic.group for topic in material.topics} | dict.fromkeys(
        FOLLOW_UP_REPLIES, FOLLOW_UP_GROUP
    )
    for path, topic in dict.fromkeys((phrase.path, phrase.entry.topic) for phrase in material.phrases):
        yield from unknown_intents(material, str(path), "intent", [topic])
        if topic in groups and path != material.data / LANGUAGE / "nlu" / groups[topic] / f"{topic}.yml":
            expected = material.path("data", LANGUAGE, "nlu", groups[topic], f"{topic}.yml")
            yield Issue(str(path), f"intent {topic}: stands in the wrong file", expected=expected)
