"""Checks of the messages that several questions and follow-ups are learned from: ``data/several``, ``data/talks``."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checking.material import Material
from knowledge.checking.references import unknown, unknown_topics
from knowledge.faults import Fault
from knowledge.follow_ups import FOLLOW_UPS, UNRELATED


def find_faults(material: Material) -> Iterator[Fault]:
    """Topics that there are not."""
    for message in material.several:
        place = f"message {message.entry.text!r}"
        yield from unknown_topics(material, str(message.path), place, message.entry.topics)
    known = [*(topic.id for topic in material.topics), *FOLLOW_UPS, UNRELATED]
    for talk in material.talks if material.is_whole("topic") else ():
        named = [*talk.entry.topic_before, *talk.entry.topic]
        yield from unknown(str(talk.path), f"talk {talk.entry.text!r}", "topic", named, known)
