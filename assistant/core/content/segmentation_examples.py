"""Messages of one or several questions, with where each begins: what the question splitter learns from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from pydantic import root_validator

from assistant.core.content.yaml_files import Record, read_records

FOLDER = "segmentation"
MARK = "|"
"""Stands in a text where a further question begins."""
_BARE = re.compile(r"(\w)\s*\|\s*")
_JOINTS = ("?", ".", ",", "??", ",")


class SegmentationExample(Record):
    """A message, and what each of its questions is about."""

    text: str
    topics: tuple[str, ...]
    urgent: bool = False
    """Whether it holds an alarm."""

    @root_validator(skip_on_failure=True)
    def _each_part_has_a_topic(cls, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N805  pydantic hands over the class
        parts = [part.strip() for part in given["text"].split(MARK)]
        if len(parts) != len(given["topics"]):
            raise ValueError(f"has {len(parts)} parts and {len(given['topics'])} topics")
        if not all(parts):
            raise ValueError("has an empty part")
        return given

    @property
    def without_marks(self) -> str:
        """The message as a person types it."""
        return self.text.replace(MARK, "")

    @property
    def before_marks(self) -> tuple[str, ...]:
        """What of it stands before each further question."""
        parts = self.text.split(MARK)
        return tuple("".join(parts[:number]) for number in range(1, len(parts)))


def otherwise_joined(message: SegmentationExample) -> Iterator[SegmentationExample]:
    """The same questions with marks between them, where they are joined by nothing.

    People type both, and one writer seldom does.
    """
    joints = cycle(_JOINTS)
    next(islice(joints, len(message.text) % len(_JOINTS), None), None)
    text = _BARE.sub(lambda found: f"{found[1]}{next(joints)} {MARK} ", message.text)
    if text != message.text:
        yield SegmentationExample(text=text, topics=message.topics, urgent=message.urgent)


def segmentation_files(data: Path) -> list[Path]:
    """The files of such messages, in order."""
    return sorted((data / FOLDER).glob("*.yml"))


def load_segmentation_examples(data: Path) -> list[SegmentationExample]:
    """All of them.

    Raises:
        ContentError: with every fault of the first file that has any.
    """
    return [
        message
        for path in segmentation_files(data)
        for message in read_records(path, "messages", SegmentationExample)
    ]
