"""The contract of topics: one word per topic, the same word everywhere."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.yaml_files import Record, read_records


class Topic(Record):
    """What a person may want to know."""

    id: str
    group: str
    title: str
    """How a button names it."""
    example: str
    covered: bool = True
    """Whether the articles say anything about it."""
    entities: tuple[str, ...] = ()
    """Entities that the answer depends on."""

    @property
    def response(self) -> str:
        """Name of the response that answers it."""
        return f"utter_{self.id}"

    @property
    def is_dialogue(self) -> bool:
        return self.group == "dialogue"


def load_topics(data: Path) -> dict[str, Topic]:
    """Topics by id, in the order of ``data/topics.yml``."""
    return {topic.id: topic for topic in read_records(data / "topics.yml", "topics", Topic)}
