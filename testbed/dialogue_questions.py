"""Loads multi-question messages, follow-ups and their look-alikes, held out and tuned on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import validator

from assistant.core.content.yaml_files import Record, read_records
from testbed.environment import ROOT
from testbed.expected_answers import Expected, each_answer, either

HELD_OUT = ROOT / "tests" / "conversations" / "held_out"
"""Questions that were not read for tuning words or thresholds."""
TUNED_ON = ROOT / "tests" / "conversations" / "tuned_on"

Kind = Literal["source", "more", "why", "sure"]
"""A follow-up about the answer itself: which article says so · tell me more · why · are you sure."""


class Earlier(Record):
    """A person's message before, and its topic."""

    text: str
    topic: tuple[str, ...]

    _either = validator("topic", pre=True, allow_reuse=True)(either)


class Double(Record):
    """A message that asks more than one thing."""

    text: str
    asks: tuple[Expected, ...]
    """In the order of the answers: an alarm comes first, what has one answer is there once."""
    note: str = ""

    _each = validator("asks", pre=True, allow_reuse=True)(each_answer)


class Single(Expected):
    """One question that may be taken for several."""

    text: str


class FollowUp(Expected):
    """A message that needs the ones before it."""

    before: tuple[Earlier, ...]
    text: str
    kind: Kind | None = None
    """Instead of a topic."""
    about: tuple[str, ...] = ()
    """The topics that such a follow-up may be about."""

    _either = validator("about", pre=True, allow_reuse=True)(either)


class Fresh(Expected):
    """A whole question that may be taken for a follow-up."""

    before: tuple[Earlier, ...]
    text: str


def load_doubles(folder: Path) -> list[Double]:
    """Messages that must get several answers."""
    return read_records(folder / "doubles.yml", "questions", Double)


def load_singles(folder: Path) -> list[Single]:
    """Messages that must get one answer, whatever is joined in them."""
    return read_records(folder / "singles_with_and.yml", "questions", Single)


def load_follow_ups(folder: Path) -> list[FollowUp]:
    """Messages that must be read in the light of those before them."""
    return read_records(folder / "follow_ups.yml", "follow_ups", FollowUp)


def load_fresh(folder: Path) -> list[Fresh]:
    """Messages that must be read as they stand."""
    return read_records(folder / "fresh.yml", "questions", Fresh)
