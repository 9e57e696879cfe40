"""Checks of how people ask: ``data/nlu``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from knowledge.checking.material import Material
from knowledge.checking.references import unknown_intents
from knowledge.faults import Fault
from knowledge.follow_ups import GROUP, REPLIES
from knowledge.topics import Topic

FEWEST = 60
FEWEST_DIALOGUE = 30
FEWEST_OUT_OF_SCOPE = 250
OUT_OF_SCOPE = "out_of_scope"

_MARKUP = re.compile(r"[\[\]{}]|^/")  # Rasa reads an entity into brackets and a payload into a leading slash


def find_faults(material: Material) -> Iterator[Fault]:
    """Topics with too few phrases, phrases of no topic or in the wrong file, markup in a phrase."""
    yield from _too_few(material)
    yield from _misplaced(material)
    for phrase in material.phrases:
        if _MARKUP.search(phrase.entry.text):
            yield Fault(
                str(phrase.path),
                "a phrase with markup",
                got=phrase.entry.text,
                expected="no [ ] { } and no leading /",
            )


def fewest(topic: Topic) -> int:
    """How many phrases a topic needs at least."""
    if topic.id == OUT_OF_SCOPE:
        return FEWEST_OUT_OF_SCOPE
    return FEWEST_DIALOGUE if topic.is_dialogue else FEWEST


def _too_few(material: Material) -> Iterator[Fault]:
    counts = Counter(phrase.entry.topic for phrase in material.phrases)
    for topic in material.topics if material.is_whole("phrase") else ():
        if counts[topic.id] < fewest(topic):
            yield Fault(
                material.path("data", "nlu", topic.group, f"{topic.id}.yml"),
                "too few phrases",
                got=counts[topic.id] or "none",
                expected=f"at least {fewest(topic)}",
            )


def _misplaced(material: Material) -> Iterator[Fault]:
    groups = {topic.id: topic.group for topic in material.topics} | dict.fromkeys(REPLIES, GROUP)
    for path, topic in dict.fromkeys((phrase.path, phrase.entry.topic) for phrase in material.phrases):
        yield from unknown_intents(material, str(path), "intent", [topic])
        if topic in groups and path != material.data / "nlu" / groups[topic] / f"{topic}.yml":
            expected = material.path("data", "nlu", groups[topic], f"{topic}.yml")
            yield Fault(str(path), f"intent {topic}: stands in the wrong file", expected=expected)
