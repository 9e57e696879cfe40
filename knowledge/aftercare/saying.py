"""What the rules say together at one moment: the most careful one decides, and silence is never ``ok``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.aftercare.rules import Rule, Word
from knowledge.aftercare.subjects import Groups
from knowledge.aftercare.windows import turning_points, word_at, words

CAUTION: tuple[Word, ...] = ("avoid", "not_yet", "ask_professional", "not_covered", "ok")
"""The most careful first."""

Said = list[tuple[Rule, Word]]
"""What the rules of one subject say; nothing, if none speaks."""


@dataclass(frozen=True)
class Stretch:
    """When it is fine: the stretch around a moment, or else the next one; in UTC."""

    start: datetime | None
    end: datetime | None


def said_at(found: Groups, treated_at: datetime, instant: datetime) -> list[Said]:
    """What is said of each subject at an instant in UTC."""
    every = [[(rule, word_at(rule, treated_at, instant)) for rule in group] for group in found]
    return [[(rule, word) for rule, word in said if word is not None] for said in every]


def said_at_worst(found: Groups) -> list[Said]:
    """The most careful that each rule can say, whenever the treatment was."""
    return [[(rule, min(words(rule), key=CAUTION.index)) for rule in group if words(rule)] for group in found]


def most_careful(said: Iterable[Said]) -> Word:
    """The verdict: the most careful word, ``not_covered`` for a subject of which nothing is said."""
    possible: list[Word] = []
    for of_subject in said:
        possible += [word for _, word in of_subject] or ["not_covered"]
    return min(possible, key=CAUTION.index, default="not_covered")


def fine_around(found: Groups, treated_at: datetime, instant: datetime) -> Stretch:
    """The stretch in which everything is fine and that holds the instant; if it is not fine then, the next one."""
    points = sorted(
        {point for group in found for rule in group for point in turning_points(rule, treated_at)}
    )
    past, coming = _split(points, instant)
    if not _is_fine(found, treated_at, instant):
        start = next((point for point in coming if _is_fine(found, treated_at, point)), None)
        return Stretch(start, None)
    start = None
    for point in reversed(past):
        if not _is_fine(found, treated_at, point):
            break
        start = point
    return Stretch(start, next((point for point in coming if not _is_fine(found, treated_at, point)), None))


def _split(points: Sequence[datetime], instant: datetime) -> tuple[list[datetime], list[datetime]]:
    return [point for point in points if point <= instant], [point for point in points if point > instant]


def _is_fine(found: Groups, treated_at: datetime, instant: datetime) -> bool:
    return most_careful(said_at(found, treated_at, instant)) == "ok"
