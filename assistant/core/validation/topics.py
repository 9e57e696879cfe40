"""Checks of the topics: ``data/topics.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import given_twice, unknown

LONGEST_TITLE = 40  # characters that fit on a button


def find_faults(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and titles, titles too long for a button, and unknown entities."""
    path = material.path("data", "topics.yml")
    yield from given_twice(path, "topic", (topic.id for topic in material.topics))
    yield from given_twice(path, "title", (topic.title.casefold() for topic in material.topics))
    for topic in material.topics:
        place = f"topic {topic.id}"
        if len(topic.title) > LONGEST_TITLE:
            yield Issue(
                path,
                f"{place}: the title is too long for a button",
                got=f"{len(topic.title)} characters",
                expected=f"at most {LONGEST_TITLE}",
            )
        if material.is_whole("domain"):
            yield from unknown(path, place, "entity", topic.entities, material.domain.entities)
