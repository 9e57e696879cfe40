"""Corrects misspelt words towards words that occur in questions about microneedling.

Only words that neither the English dictionary nor any phrase contains are changed, and only if one known word is
clearly nearest; all else stays as typed.
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
LONG = 7  # letters; from this length on two edits are allowed, below it one
MIN_COUNT = 3  # occurrences in phrases from which a word is a correction target
MIN_COUNT_UNKNOWN = 10


class SpellingCorrector:
    """Replaces unknown words with the nearest frequent one."""

    def __init__(self, frequent: Sequence[str], known: Iterable[str]) -> None:
        self.frequent = list(frequent)
        self.known = frozenset(known) | frozenset(frequent)
        """Words that count as English."""
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    def correct(self, text: str) -> str:
        """Return the text (in lower case) with its unknown words corrected."""
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
    """Return words of at least four letters that are frequent in the texts, the most frequent first.

    A word outside the dictionary has to be more frequent: it may be a common typing error.
    """
    counts = Counter(word for text in texts for word in _WORD.findall(text) if len(word) >= MIN_LENGTH)
    return [
        word
        for word, count in counts.most_common()
        if count >= (MIN_COUNT if word in dictionary else MIN_COUNT_UNKNOWN)
    ]
