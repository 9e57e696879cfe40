"""Checks of the training examples of segmentation and follow-ups."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.protocol import FOLLOW_UPS, UNRELATED
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import unknown, unknown_topics


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield unknown topics."""
    for message in material.several:
        place = f"message {message.entry.text!r}"
        yield from unknown_topics(material, str(message.path), place, message.entry.topics)
    known = [*(topic.id for topic in material.topics), *FOLLOW_UPS, UNRELATED]
    for talk in material.talks if material.is_whole("topic") else ():
        named = [*talk.entry.topic_before, *talk.entry.topic]
        yield from unknown(str(talk.path), f"talk {talk.entry.text!r}", "topic", named, known)
