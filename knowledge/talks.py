"""What people write after an answer: the talks that weights were fitted to, and those weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import validator

from knowledge.faults import ContentError, Fault
from knowledge.yaml_files import Record, read_records, read_yaml

FOLDER = "talks"
WEIGHTS = "follow_up_weights.yml"


class Talk(Record):
    """A message, and what the same person wrote next."""

    before: str
    topic_before: tuple[str, ...]
    text: str
    topic: tuple[str, ...]
    """Any of them is a fair reading; also the kinds of knowledge.follow_ups, and ``unrelated``."""

    @validator("topic_before", "topic", pre=True)
    def _one_is_written_without_a_list(cls, given: object) -> object:  # noqa: N805  pydantic hands over the class
        return (given,) if isinstance(given, str) else given


def talk_files(data: Path) -> list[Path]:
    """The files of talks, in order."""
    return sorted((data / FOLDER).glob("*.yml"))


def load_talks(data: Path) -> list[Talk]:
    """All of them.

    Raises:
        ContentError: with every fault of the first file that has any.
    """
    return [talk for path in talk_files(data) for talk in read_records(path, "talks", Talk)]


def load_weights(data: Path) -> Mapping[str, float]:
    """What each sign counts by which the topic of a short message is chosen (nlu.follow_up_ranking).

    Raises:
        ContentError: the file is missing, or not a list of numbers by name.
    """
    path = data / WEIGHTS
    weights = read_yaml(path)
    if not isinstance(weights, dict) or not all(isinstance(value, float) for value in weights.values()):
        raise ContentError([Fault(str(path), "is not a number for each sign", expected="sign: 0.5")])
    return {str(sign): value for sign, value in weights.items()}
