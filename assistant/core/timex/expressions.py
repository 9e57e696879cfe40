"""Expressions of time as they stand in a message, before anything is known about now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Optional

from assistant.core.timex.clocks import Clock, Part
from assistant.core.timex.day_terms import Day
from assistant.core.timex.instants import Instant
from assistant.core.timex.quantities import Quantity
from assistant.core.timex.types import Lean


@dataclass(frozen=True)
class Ends:
    """A stretch of hours that begins (1) or ends (-1) at a time of day on a side of now."""

    amount: Quantity
    way: Literal[-1, 1]
    lean: Lean


Build = Callable[["re.Match[str]"], Optional["TimeExpression"]]
Pattern = tuple["re.Pattern[str]", Build]


@dataclass(frozen=True)
class TimeExpression:
    """A stretch of a Reading's text that says a day, a time of day, a moment, or some of these."""

    start: int
    end: int
    days: tuple[Day, ...] = ()
    part: Part | None = None
    clock: Clock | None = None
    instant: Instant | None = None
    shift: int | None = None
    """Days by which it moves the day that follows: "the day before", "3 days after"."""
    reaches: Quantity | None = None
    """What reaches back from the day that follows: "two weeks on friday since"."""
    ends: Ends | None = None
    """What lies between the moment that is meant and the one that it says: "at 6 its 24 hours since"."""
    weak: bool = False
    """Only meant as time next to a stronger expression: "morning", "around 4"."""
    mute: bool = False
    """Looks like time and is none: "every monday", "24/7"."""
    counts: Literal["", "day", "after", "bare", "until"] = ""
    """Counted from a treatment without saying which: "day 4", "3 days after", or without a word: "red. 6 days."; or
    counted to one: "10 days until"."""


def pattern(text: str, build: Build) -> Pattern:
    """A pattern for whole words of a Reading's text, and what it makes of a match."""
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)"), build


def any_of(words: Iterable[str]) -> str:
    """An expression for one of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def expressions(text: str, patterns: Iterable[Pattern]) -> list[TimeExpression]:
    """The spots of a text in their order, the longest first choice where some overlap."""
    found = [
        spot
        for regex, build in patterns
        for match in regex.finditer(text)
        if (spot := build(match)) is not None
    ]
    taken: list[TimeExpression] = []
    covered = bytearray(len(text))  # rather than the spots taken so far: a message may hold hundreds
    for spot in sorted(found, key=lambda spot: (spot.start - spot.end, not spot.mute)):
        if not any(covered[spot.start : spot.end]):
            covered[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
            taken.append(spot)
    return sorted(taken, key=lambda spot: spot.start)
