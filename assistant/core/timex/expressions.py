"""Time expressions as written, before they are resolved against now."""

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
    """An amount of hours that begins (1) or ends (-1) at a time of day in the past or future."""

    amount: Quantity
    way: Literal[-1, 1]
    lean: Lean


Build = Callable[["re.Match[str]"], Optional["TimeExpression"]]
Pattern = tuple["re.Pattern[str]", Build]


@dataclass(frozen=True)
class TimeExpression:
    """A span of normalized text that denotes a day, a time of day, an instant, or several of these."""

    start: int
    end: int
    days: tuple[Day, ...] = ()
    part: Part | None = None
    clock: Clock | None = None
    instant: Instant | None = None
    shift: int | None = None
    """Days by which it shifts the day that follows: "the day before", "3 days after"."""
    reaches: Quantity | None = None
    """Amount counted back from the day that follows: "two weeks on friday since"."""
    ends: Ends | None = None
    """Amount between the intended moment and the one that is named: "at 6 its 24 hours since"."""
    weak: bool = False
    """Temporal only next to a stronger expression: "morning", "around 4"."""
    mute: bool = False
    """Non-temporal in spite of its form: "every monday", "24/7"."""
    counts: Literal["", "day", "after", "bare", "until"] = ""
    """Relation to a treatment that is not named.

    - ``day``: "day 4"
    - ``after``: "3 days after"
    - ``bare``: without a preposition, "red. 6 days."
    - ``until``: "10 days until"
    """


def pattern(text: str, build: Build) -> Pattern:
    """Compile a pattern for whole words of normalized text, and pair it with a builder for its matches."""
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)"), build


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of the words, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def expressions(text: str, patterns: Iterable[Pattern]) -> list[TimeExpression]:
    """Return the non-overlapping matches in text order; the longest wins where some overlap."""
    found = [
        spot
        for regex, build in patterns
        for match in regex.finditer(text)
        if (spot := build(match)) is not None
    ]
    taken: list[TimeExpression] = []
    covered = bytearray(len(text))  # a scan of all matches so far would be quadratic: there may be hundreds
    for spot in sorted(found, key=lambda spot: (spot.start - spot.end, not spot.mute)):
        if not any(covered[spot.start : spot.end]):
            covered[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
            taken.append(spot)
    return sorted(taken, key=lambda spot: spot.start)
