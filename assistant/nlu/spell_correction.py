"""Mends misspelt words, towards words that people use when they ask about microneedling.

Only words that no English dictionary and no phrase knows are touched, and only where one known word is clearly
nearest; everything else stays as it was typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z][a-z']+")
MIN_LENGTH = 4
LONG = 7  # from this length on two slips are forgiven, before that one
MIN_COUNT = 3  # a word that phrases use this often is worth correcting towards
MIN_COUNT_UNKNOWN = 10


class SpellingCorrector:
    """Replaces unknown words by the nearest frequent one."""

    def __init__(self, frequent: Sequence[str], known: Iterable[str]) -> None:
        self.frequent = list(frequent)
        self.known = frozenset(known) | frozenset(frequent)
        """Words that are English."""
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    def correct(self, text: str) -> str:
        """The text (in lower case) with its unknown words mended."""
        return _WORD.sub(lambda match: self._nearest(match.group()), text)

    def _find_nearest(self, word: str) -> str:
        if len(word) < MIN_LENGTH or word in self.known or word.removesuffix("s") in self.known:
            return word
        allowed = 2 if len(word) >= LONG else 1
        found = process.extract(word, self.frequent, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        alike = [
            (candidate, distance)
            for candidate, distance, _ in found
            if candidate[0] == word[0] or distance == 1
        ]
        return alike[0][0] if alike else word


def frequent_words(texts: Iterable[str], dictionary: Container[str] = ()) -> list[str]:
    """Words of at least four letters that the texts use often, the most used first.

    One that the dictionary doesn't know must be used more often: it may be a slip that many people make.
    """
    counts = Counter(word for text in texts for word in _WORD.findall(text) if len(word) >= MIN_LENGTH)
    return [
        word
        for word, count in counts.most_common()
        if count >= (MIN_COUNT if word in dictionary else MIN_COUNT_UNKNOWN)
    ]
