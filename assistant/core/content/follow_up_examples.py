"""Messages that people write after an answer: training data of the follow-up ranker."""

from __future__ import annotations

from pathlib import Path

from pydantic import validator

from assistant.core.content.language import LANGUAGE
from assistant.core.content.yaml_files import Record, read_records

FOLDER = "follow_ups"


class FollowUpExample(Record):
    """A message, and the next one of the same person."""

    before: str
    topic_before: tuple[str, ...]
    text: str
    topic: tuple[str, ...]
    """All acceptable topics; also the follow-ups of assistant.core.protocol, and ``unrelated``."""

    @validator("topic_before", "topic", pre=True)
    def _one_is_written_without_a_list(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given


def follow_up_files(data: Path) -> list[Path]:
    """Return the files with follow-up examples, sorted."""
    return sorted((data / LANGUAGE / FOLDER).glob("*.yml"))


def load_follow_up_examples(data: Path) -> list[FollowUpExample]:
    """Load the follow-up examples of all files.

    Raises:
        ContentError: with every issue of the first file that has any.
    """
    return [talk for path in follow_up_files(data) for talk in read_records(path, "talks", FollowUpExample)]
