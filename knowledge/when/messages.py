"""A message with its expressions of time, each whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from knowledge.when.answers import bare_answer
from knowledge.when.days import Frame
from knowledge.when.found import Lean
from knowledge.when.joining import joined
from knowledge.when.reading import Reading, read
from knowledge.when.roles import says_little
from knowledge.when.spots import Spot
from knowledge.when.spotting import spotted

MOST_EXPRESSIONS: Final = 20
"""Expressions of time that are read in a message, the first ones: each is weighed against all others."""


@dataclass(frozen=True)
class Message:
    """A message, its expressions, and what is known about it."""

    reading: Reading
    spots: list[Spot]
    every: list[Spot]
    """The expressions, and what only looks like time."""
    frame: Frame
    idle: bool
    """Whether it says nothing but times."""
    asked_for: bool
    """Whether a moment was asked for, so that one without a word about its role is the treatment's."""
    side: Lean
    """The side of now for what the words leave open."""


def read_message(text: str, frame: Frame, expects: Lean, known_side: Lean) -> Message:
    """The message with every expression whole.

    Args:
        text: what somebody wrote.
        frame: now and the day known so far.
        expects: the side of now that was asked for, if one was.
        known_side: the side of the moment that is known.
    """
    reading = read(text)
    found = spotted(reading.text)
    idle = says_little(without(found, reading.text))
    if idle:
        found = [spot for spot in found if spot.counts != "bare"]
    whole = joined(found, reading.text, frame, alone=idle and frame.known is not None)[:MOST_EXPRESSIONS]
    if not whole:
        whole, idle = bare_answer(reading, expects, frame), True
    every = [*whole, *(spot for spot in found if spot.mute)]
    return Message(reading, whole, every, frame, idle, expects is not None, expects or known_side)


def without(found: list[Spot], text: str) -> str:
    """The text around its spots."""
    edges = [0, *(edge for spot in found if not spot.mute for edge in (spot.start, spot.end)), len(text)]
    return " ".join(text[a:b] for a, b in zip(edges[::2], edges[1::2]))
