"""Misspelt words of time: only the long and frequent ones, and only when they are very near."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge.when.words import CANONICAL, MONTHS, WEEKDAYS

_LONG = (
    *WEEKDAYS, *(month for month in MONTHS if len(month) > 6), "yesterday", "tomorrow", "tonight", "morning",
    "afternoon", "evening", "weekend", "fortnight", "lunchtime", "appointment", "treatment",
)  # fmt: skip
_OTHER_WORDS = frozenset(
    (
        "sundae",
        "sundry",
        "sunday",
        "sunny",
        "moaning",
        "mourning",
        "mooning",
        "monkey",
        "fridge",
        "warning",
        "holiday",
    )
)


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The word of time that is meant, or the word itself; lower case in and out."""
    if word in CANONICAL:
        return CANONICAL[word]
    if len(word) < 5 or word in _LONG or word in _OTHER_WORDS:
        return word
    for meant in _LONG:
        allowed = 2 if len(meant) >= 8 and len(word) >= 7 else 1
        if word[0] == meant[0] and abs(len(word) - len(meant)) <= allowed and _steps(word, meant) <= allowed:
            return meant
    return word


def nearest_word(word: str, meant: Iterable[str], allowed: int) -> str | None:
    """The one of those words that a word is nearest to and begins like, within so many letters; none if two are."""
    near = sorted((_steps(word, other), other) for other in meant if other[0] == word[0])
    alone = near and near[0][0] <= allowed and (len(near) == 1 or near[1][0] > near[0][0])
    return near[0][1] if alone else None


def _steps(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next, to make one word of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            steps = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
    return row[-1]
