"""Words that tell what an expression of time is about, and how near they are to it."""

from __future__ import annotations

import re

Near = tuple[int, tuple[int, int]]
"""How far a cue is from the expression, and where it stands."""

_AFTER_PENALTY = 6
"""What comes after the expression counts as that many letters farther."""


def alternatives(lines: str) -> str:
    """One expression of all lines; each holds alternatives, as regular expressions with "|" between them."""
    return "|".join(line.strip() for line in lines.splitlines() if line.strip())


def cue(lines: str) -> re.Pattern[str]:
    """A pattern for whole words, of lines of alternatives."""
    return re.compile(rf"(?<!\S)(?:{alternatives(lines)})(?!\S)")


def nearby(pattern: re.Pattern[str], before: str, after: str) -> list[Near]:
    """Every match in the words before and after an expression."""
    behind = [(len(before) - found.end(), found.span()) for found in pattern.finditer(before)]
    shift = len(before) + 1
    ahead = [
        (found.start() + _AFTER_PENALTY, (found.start() + shift, found.end() + shift))
        for found in pattern.finditer(after)
    ]
    return behind + ahead


def outside(those: list[Near], others: list[Near]) -> list[Near]:
    """Those that are not part of a longer one of the others: "done" in "nails done"."""
    return [
        (distance, span)
        for distance, span in those
        if not any(other[0] <= span[0] and span[1] <= other[1] and other != span for _, other in others)
    ]


def nearest_of(those: list[Near]) -> int:
    """The distance of the nearest, far off where there are none."""
    return min((distance for distance, _ in those), default=10**6)
