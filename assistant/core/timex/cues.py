"""Cue words around a time expression, and their distance from it."""

from __future__ import annotations

import re

Near = tuple[int, tuple[int, int]]
"""Distance of a cue from the expression in characters, and its span."""

_AFTER_PENALTY = 6
"""Extra distance, in characters, for a cue that follows the expression."""


def alternatives(lines: str) -> str:
    """Join lines of regular expressions, separated by "|" within a line, into one alternation."""
    return "|".join(line.strip() for line in lines.splitlines() if line.strip())


def cue(lines: str) -> re.Pattern[str]:
    """Compile lines of alternatives into a pattern that matches whole words."""
    return re.compile(rf"(?<!\S)(?:{alternatives(lines)})(?!\S)")


def nearby(pattern: re.Pattern[str], before: str, after: str) -> list[Near]:
    """Return the distance and span of every match before and after an expression."""
    behind = [(len(before) - found.end(), found.span()) for found in pattern.finditer(before)]
    shift = len(before) + 1
    ahead = [
        (found.start() + _AFTER_PENALTY, (found.start() + shift, found.end() + shift))
        for found in pattern.finditer(after)
    ]
    return behind + ahead


def outside(those: list[Near], others: list[Near]) -> list[Near]:
    """Drop matches that are part of a longer one in ``others``: "done" in "nails done"."""
    return [
        (distance, span)
        for distance, span in those
        if not any(other[0] <= span[0] and span[1] <= other[1] and other != span for _, other in others)
    ]


def nearest_of(those: list[Near]) -> int:
    """Return the smallest distance, or a very large one without any match."""
    return min((distance for distance, _ in those), default=10**6)
