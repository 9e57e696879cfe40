"""Training examples other than phrases: messages with marked boundaries, and messages that follow an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from pydantic import root_validator, validator

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record, read_records
from assistant.core.protocol import ACKNOWLEDGE, OUT_OF_SCOPE, PERSONAL_FACT, UNRELATED

SEGMENTATION = "segmentation"
MARK = "|"
"""Marks the start of each further question in a text."""
_BARE = re.compile(r"(\w)\s*\|\s*")
_JOINTS = ("?", ".", ",", "??", ",")
FOLLOW_UPS = "follow_ups"
UNRELATED_MESSAGES = "unrelated_messages"
QUESTIONS_BEFORE = 2  # after which each of these messages is learned
STEP = 7919
_NODS = ("thanks", "greet", "goodbye")


class SegmentationExample(Record):
    """A message, with the topic of each of its questions."""

    text: str
    topics: tuple[str, ...]
    urgent: bool = False
    """True if it contains an alarm."""

    @root_validator(skip_on_failure=True)
    def _each_part_has_a_topic(cls, given: dict[str, Any]) -> dict[str, Any]:
        parts = [part.strip() for part in given["text"].split(MARK)]
        if len(parts) != len(given["topics"]):
            raise ValueError(f"has {len(parts)} parts and {len(given['topics'])} topics")
        if not all(parts):
            raise ValueError("has an empty part")
        return given

    @property
    def without_marks(self) -> str:
        """The message without boundary marks, as typed."""
        return self.text.replace(MARK, "")

    @property
    def before_marks(self) -> tuple[str, ...]:
        """Text before each further question."""
        parts = self.text.split(MARK)
        return tuple("".join(parts[:number]) for number in range(1, len(parts)))


def otherwise_joined(message: SegmentationExample) -> Iterator[SegmentationExample]:
    """Yield the same questions with punctuation between them, if they had none.

    People type both, but a single author of examples seldom does.
    """
    joints = cycle(_JOINTS)
    next(islice(joints, len(message.text) % len(_JOINTS), None), None)
    text = _BARE.sub(lambda found: f"{found[1]}{next(joints)} {MARK} ", message.text)
    if text != message.text:
        yield SegmentationExample(text=text, topics=message.topics, urgent=message.urgent)


def segmentation_files(data: Path) -> list[Path]:
    """Return the files with segmentation examples, sorted."""
    return sorted((data / LANGUAGE / SEGMENTATION).glob("*.yml"))


def load_segmentation_examples(data: Path) -> list[SegmentationExample]:
    """Load the segmentation examples of all files.

    Raises:
        ContentError: with every issue of the first file that has any.
    """
    return [
        message
        for path in segmentation_files(data)
        for message in read_records(path, "messages", SegmentationExample)
    ]


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
    return sorted((data / LANGUAGE / FOLLOW_UPS).glob("*.yml"))


def load_follow_up_examples(data: Path) -> list[FollowUpExample]:
    """Load the follow-up examples of all files.

    Raises:
        ContentError: with every issue of the first file that has any.
    """
    return [
        example for path in follow_up_files(data) for example in read_records(path, "talks", FollowUpExample)
    ]


class UnrelatedMessages(Record):
    """Messages that are about no answer, whichever came before."""

    facts: tuple[str, ...]
    """About the person."""
    subjects: tuple[str, ...]
    """Of other parts of life."""
    nonsense: tuple[str, ...]
    replies: tuple[str, ...]
    """That neither ask nor tell anything."""

    def after(self, talks: Sequence[FollowUpExample]) -> Iterator[FollowUpExample]:
        """Yield each message after some of the questions of these talks."""
        befores = sorted({(talk.before, talk.topic_before) for talk in talks})
        foreign = [(text, (UNRELATED, OUT_OF_SCOPE)) for text in (*self.subjects, *self.nonsense)]
        labelled = [
            *((text, (PERSONAL_FACT,)) for text in self.facts),
            *foreign,
            *((text, (ACKNOWLEDGE, *_NODS)) for text in self.replies),
        ]
        each = (pair for pair in labelled for _ in range(QUESTIONS_BEFORE))
        # a step that has no factor in common with most numbers, so that neighbours get distant questions
        for number, (text, topics) in enumerate(each):
            before, topic = befores[number * STEP % len(befores)]
            yield FollowUpExample(before=before, topic_before=topic, text=text, topic=topics)


def unrelated_messages_file(data: Path) -> Path:
    """Return the path of the file with messages that are about no answer."""
    return data / LANGUAGE / f"{UNRELATED_MESSAGES}.yml"


def load_unrelated_messages(data: Path) -> UnrelatedMessages:
    """Load the messages from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing.
    """
    return read_record(unrelated_messages_file(data), UNRELATED_MESSAGES, UnrelatedMessages)
