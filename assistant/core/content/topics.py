"""Topics from ``data/topics.yml``; their ids are used everywhere."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.yaml_files import Record, read_records


class Topic(Record):
    """A subject that people ask about."""

    id: str
    group: str
    title: str
    """Label of its button."""
    example: str
    covered: bool = True
    """True if the articles cover it."""
    entities: tuple[str, ...] = ()
    """Entities that the answer depends on."""

    @property
    def response(self) -> str:
        """Name of its response."""
        return f"utter_{self.id}"

    @property
    def is_dialogue(self) -> bool:
        return self.group == "dialogue"


def load_topics(data: Path) -> dict[str, Topic]:
    """Load the topics by id, in the order of ``data/topics.yml``."""
    return {topic.id: topic for topic in read_records(data / "topics.yml", "topics", Topic)}
