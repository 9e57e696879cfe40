"""What people write after an answer: the talks that weights were fitted to, and those weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import validator

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records, read_yaml

FOLDER = "follow_ups"
WEIGHTS = "follow_up_weights.yml"


class FollowUpExample(Record):
    """A message, and what the same person wrote next."""

    before: str
    topic_before: tuple[str, ...]
    text: str
    topic: tuple[str, ...]
    """Any of them is a fair reading; also the kinds of assistant.core.protocol, and ``unrelated``."""

    @validator("topic_before", "topic", pre=True)
    def _one_is_written_without_a_list(cls, given: object) -> object:  # noqa: N805  pydantic hands over the class
        return (given,) if isinstance(given, str) else given


def follow_up_files(data: Path) -> list[Path]:
    """The files of talks, in order."""
    return sorted((data / FOLDER).glob("*.yml"))


def load_follow_up_examples(data: Path) -> list[FollowUpExample]:
    """All of them.

    Raises:
        ContentError: with every fault of the first file that has any.
    """
    return [talk for path in follow_up_files(data) for talk in read_records(path, "talks", FollowUpExample)]


def load_weights(data: Path) -> Mapping[str, float]:
    """What each sign counts by which the topic of a short message is chosen (assistant.nlu.follow_up_ranker).

    Raises:
        ContentError: the file is missing, or not a list of numbers by name.
    """
    path = data / WEIGHTS
    weights = read_yaml(path)
    if not isinstance(weights, dict) or not all(isinstance(value, float) for value in weights.values()):
        raise ContentError([Issue(str(path), "is not a number for each sign", expected="sign: 0.5")])
    return {str(sign): value for sign, value in weights.items()}
