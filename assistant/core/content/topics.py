"""Topics and intents from ``data/topics.yml``; their ids are used everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from assistant.core.content.yaml_files import Record, read_records

Phase = Literal["before", "after", "any"]
"""Side of a session that a question is about."""
Kind = Literal["question", "symptom", "service", "small_talk", "out_of_scope", "about_the_answer", "internal"]
"""Kind of message. Questions, symptoms and services can be offered as buttons."""
OFFERED: frozenset[Kind] = frozenset({"question", "symptom", "service"})


class Intent(Record):
    """An intent of the domain, and what answers it."""

    id: str
    kind: Kind = "question"
    action: str = ""
    """Response or action that answers; empty for ``utter_<id>``."""
    dated: str | None = None
    """Action that answers once the treatment date is known."""
    general: str | None = None
    """Topic whose response answers if the action server is unavailable."""

    @property
    def answer(self) -> str:
        """Name of the response or action that answers it without a treatment date."""
        return self.action or self.response

    @property
    def response(self) -> str:
        """Name of the response with its general answer."""
        return f"utter_{self.general or self.id}"


class Topic(Intent):
    """A subject that people ask about."""

    group: str
    label: str
    """Label of its button."""
    example: str
    covered: bool = True
    """True if the articles cover it."""
    entities: tuple[str, ...] = ()
    """Entities that the answer depends on."""
    phase: Phase = "any"
    wider: str | None = None
    """Topic that it was split from, whose answer is right as well."""
    counterpart: str | None = None
    """Topic that asks the same about the other side of a session."""
    symptoms: tuple[str, ...] = ()
    """Symptoms that it is about if the message names none."""
    medicines: bool = False
    """True if it may be about a medicine on which a doctor decides."""
    lists: tuple[Phase, ...] = ()
    """Directions of the rules that its answer lists."""
    own_answer: bool = False
    """True if a clinic cannot replace the answer."""

    @property
    def is_dialogue(self) -> bool:
        return self.group == "dialogue"

    @property
    def is_offered(self) -> bool:
        """True if a button may offer it."""
        return self.kind in OFFERED


def load_topics(data: Path) -> dict[str, Topic]:
    """Load the topics by id, in the order of ``data/topics.yml``."""
    return {topic.id: topic for topic in read_records(data / "topics.yml", "topics", Topic)}


def load_intents(data: Path) -> dict[str, Intent]:
    """Load the intents that are no topics by id, in the order of ``data/topics.yml``."""
    return {intent.id: intent for intent in read_records(data / "topics.yml", "intents", Intent)}
