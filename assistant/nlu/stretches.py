"""Speech acts of any span of a message, in constant time: the boundary classifier needs them at every word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate

from assistant.nlu.speech_acts import (
    FUNCTION_WORDS,
    POINTING,
    SENTENCE_ENDINGS,
    SILENT,
    TRAILING,
    Words,
    asks_anywhere,
    begins_asking,
    is_aside,
    is_statement,
    points_to_question,
)

HEAD = 12
"""Number of words that, with the last two, decide whether a span begins like a question."""


class Stretches:
    """Predicates of ``speech_acts`` for ``words[start:end]``, computed from prefix sums."""

    def __init__(self, words: Words) -> None:
        self._words = words
        said = [token.lower_ for token in words]
        self._marked = _counted(words, lambda token: "?" in token.text)
        self._pointing = _counted(range(len(said) - 1), lambda at: points_to_question(said[at], said[at + 1]))
        self._read_openings(said)
        self._read_meaning(said, words)

    def _read_openings(self, said: list[str]) -> None:
        self._solid = [at for at, word in enumerate(said) if word not in SILENT]
        self._kept = [word for word in said if word not in SENTENCE_ENDINGS]
        self._kept_before = _counted(said, lambda word: word not in SENTENCE_ENDINGS)
        ends = accumulate(
            (0 if word in TRAILING else number for number, word in enumerate(self._kept, start=1)), max
        )
        self._last_solid = [0, *ends]

    def _read_meaning(self, said: list[str], words: Words) -> None:
        spoken = [word for word, token in zip(said, words) if not token.is_punct]
        self._telling = [word for word in spoken if word not in POINTING]
        self._spoken_before = _counted(words, lambda token: not token.is_punct)
        self._meaning = _counted(spoken, lambda word: word not in FUNCTION_WORDS)
        self._telling_before = _counted(spoken, lambda word: word not in POINTING)

    def asks(self, start: int, end: int) -> bool:
        """Return whether the span begins like a question or a request."""
        solid = bisect_left(self._solid, start)
        if solid == len(self._solid) or self._solid[solid] >= end:
            return False
        first = self._kept_before[self._solid[solid]]
        last = max(self._last_solid[self._kept_before[end]], first)
        if last - first > HEAD + 2:
            return begins_asking([*self._kept[first : first + HEAD], *self._kept[last - 2 : last]])
        return begins_asking(self._kept[first:last])

    def asks_inside(self, start: int, end: int) -> bool:
        """Return whether a question begins after the span's first word."""
        return end - start > 2 and self._pointing[end - 1] > self._pointing[start + 1]

    def tells(self, start: int, end: int) -> bool:
        """Return whether the span is a statement about the person."""
        return is_statement(self._words[start : min(end, start + HEAD)])

    def is_bare(self, start: int, end: int) -> bool:
        """Return whether no word of the span names a subject."""
        first, last = self._spoken_before[start], self._spoken_before[end]
        if self._meaning[first] == self._meaning[last]:
            return True
        return is_aside(self._telling[self._telling_before[first] : self._telling_before[last]])

    def is_marked(self, start: int, end: int) -> bool:
        """Return whether the span has a question mark."""
        return self._marked[end] > self._marked[start]


def _counted(things: Iterable[object], holds: Callable[..., bool]) -> list[int]:
    """Return prefix sums: for each index, the number of preceding items that satisfy the predicate."""
    return [0, *accumulate(int(holds(thing)) for thing in things)]


def asks_in_a_clause(words: Words) -> bool:
    """Return whether any clause asks, even one after a comma: "had it done today, what happens next"."""
    stretches, end = Stretches(words), len(words)
    clauses = (
        at + 1 for at, token in enumerate(words) if token.lower_ == "," or token.lower_ in SENTENCE_ENDINGS
    )
    return asks_anywhere(words) or any(stretches.asks(start, end) for start in clauses)
