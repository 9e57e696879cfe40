"""Corrects misspelt words towards words that occur in questions about microneedling.

Only words that neither the English dictionary nor the phrases spell so are changed, and only if a known word is near;
all else stays as typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z][a-z']+")
_VOWELS = re.compile(r"[aeiouy]")
_REPEATED = re.compile(r"(.)\1+")
MIN_LENGTH = 4
LONG = 7  # letters; from this length on two edits are allowed, below it one
MIN_COUNT = 3  # occurrences in phrases from which a word is a correction target
MIN_COUNT_UNKNOWN = 10
SLIP = 10  # times as often as an unknown word one edit away, from which that is a slip of this one


class SpellingCorrector:
    """Replaces unknown words with the nearest frequent one."""

    def __init__(self, frequent: Sequence[str], known: Iterable[str]) -> None:
        self.frequent = list(frequent)
        self.known = frozenset(known) | frozenset(frequent)
        """Words that count as English."""
        self._ranks = {word: rank for rank, word in enumerate(self.frequent)}
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    def correct(self, text: str) -> str:
        """Return the text (in lower case) with its unknown words corrected."""
        return _WORD.sub(lambda match: self._nearest(match.group()), text)

    def _find_nearest(self, word: str) -> str:
        if len(word) < MIN_LENGTH or word in self.known or word.removesuffix("s") in self._ranks:
            return word
        found = process.extract(
            word, self.frequent, scorer=OSA.distance, score_cutoff=_edits(word), limit=None
        )
        alike = [(*_unlikeness(word, near, distance), self._ranks[near], near) for near, distance, _ in found]
        alike = [each for each in alike if each[-1][0] == word[0] or each[0] == 1]
        return min(alike)[-1] if alike else word


def _edits(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _unlikeness(word: str, near: str, distance: float) -> tuple[float, bool, bool, bool]:
    """Return a key that is least for the likeliest slip: of a vowel, a double letter, an order, one left out."""
    same_letters = sorted(word) == sorted(near)
    same_consonants = _consonants(word) == _consonants(near)
    return distance, not (same_letters or same_consonants), near[0] != word[0], len(near) <= len(word)


def _consonants(word: str) -> str:
    return _REPEATED.sub(r"\1", _VOWELS.sub("", word))


def english_words() -> Iterator[str]:
    """Yield the 82,765 words of symspellpy's dictionary, in which English texts and a word list agree."""
    dictionary = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    with dictionary.open("r", encoding="utf-8-sig") as lines:
        yield from (line.split()[0] for line in lines)


def frequent_words(texts: Iterable[str], dictionary: Container[str] = ()) -> list[str]:
    """Return words of at least four letters that are frequent in the texts, the most frequent first.

    A word outside the dictionary has to be more frequent: it may be a common typing error. If a word of the dictionary
    one edit away is far more frequent, it is one.
    """
    counts = Counter(word for text in texts for word in _WORD.findall(text) if len(word) >= MIN_LENGTH)
    spelt = [word for word, count in counts.most_common() if count >= MIN_COUNT and word in dictionary]
    unknown = [
        word
        for word, count in counts.items()
        if count >= MIN_COUNT_UNKNOWN and word not in dictionary and not _is_slip(word, spelt, counts)
    ]
    return sorted([*spelt, *unknown], key=lambda word: -counts[word])


def _is_slip(word: str, spelt: Iterable[str], counts: Counter[str]) -> bool:
    near = process.extract_iter(word, spelt, scorer=OSA.distance, score_cutoff=1)
    return any(counts[other] >= SLIP * counts[word] for other, _, _ in near)
