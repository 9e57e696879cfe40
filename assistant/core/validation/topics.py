"""Checks of the topics: ``data/topics.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import given_twice, unknown, unknown_topics

LONGEST_LABEL = 40  # characters that fit on a button


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and labels, labels too long for a button, and unknown entities or topics."""
    path = material.path("data", "topics.yml")
    yield from given_twice(path, "topic", (each.id for each in (*material.topics, *material.intents)))
    yield from given_twice(path, "label", (topic.label.casefold() for topic in material.topics))
    for topic in material.topics:
        place = f"topic {topic.id}"
        if len(topic.label) > LONGEST_LABEL:
            yield Issue(
                path,
                f"{place}: the label is too long for a button",
                got=f"{len(topic.label)} characters",
                expected=f"at most {LONGEST_LABEL}",
            )
        yield from unknown_topics(
            material, path, place, [each for each in (topic.counterpart, topic.wider) if each]
        )
        if material.is_whole("domain"):
            yield from unknown(path, place, "entity", topic.entities, material.domain.entities)
    for intent in (*material.topics, *material.intents):
        general = [intent.general] if intent.general else []
        yield from unknown_topics(material, path, f"{intent.id}, general", general)
