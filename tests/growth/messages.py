"""Repetitive messages, which expose superlinear processing."""

from __future__ import annotations

import random
from collections.abc import Iterator

from assistant.core.protocol import LONGEST_TEXT

SIGNS = tuple(map(chr, range(33, 127)))
UNICODE = (
    "\U0001f62d", "\u200d", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301\u0327", "\u0301", "\u05d0 ",
    "\u0645\u0631 ", "\u4f60", "\u4f60 ", "\u2047", "\u2a76", "\ufdfa", "\u0130", "\u00ad", "½", "– ", "£1 ",
)  # fmt: skip
PAIRS = (
    "a@", "@.", "a@b.", "a/", "a,", "a.", "a-", "1-", "1:", "1.", "a'", '"a" ', "( ", "? ", ". ", ", ", "<a", "<@U1>",
    "**a", "*_", "aaaa", "ab", "http://", "www.", "a b c\n", "- a\n", "\n", "\t", " ", "[at]", "+1 (0) ",
)  # fmt: skip
WORDS = (
    "a ", "i ", "not ", "and ", "or ", "now ", "ok ", "uh ", "hm ", "the ", "of ", "is it ok ", "can i ", "can't ",
    "what if ", "delete ", "forget ", "red and ", "blood ", "fever ", "my face is swollen ", "it went down ",
    "i have eczema ", "my friend ", "would if ", "ice pick ", "dr A ", "my name is Al ",
)  # fmt: skip
TIMES = (
    "1/1/", "1/1 ", "in 2 ", "day ", "day 2 ", "monday ", "a week ", "2 days ago? ", "3pm ", "at 3 ", "half past ",
    "yesterday. ", "monday, ", "1 december ", "3 days after ", "friday or ", "the day before ", "i had it monday and ",
    "can i swim today ", "not on monday ", "no wait tuesday ", "in 2 weeks, ", "its now ", "wedding on friday ",
    "twenty ",
)  # fmt: skip
UNITS = (*SIGNS, *UNICODE, *PAIRS, *WORDS, *TIMES)
FEW = ("?", "a,", "a@", "\U0001f62d", "\u2a76", "can i ", "monday, ", "2 days ago? ", "fever ", "not ")
"""One of each kind, for tests that run always."""


def repeated(unit: str, length: int) -> str:
    """The unit as often as it fits."""
    return (unit * (length // len(unit) + 1))[:length]


def different_words(length: int) -> str:
    """As many words that nobody knows as fit, no two of them the same."""
    return "".join(_words(random.Random(3)))[:length]


def _words(chance: random.Random) -> Iterator[str]:
    for _ in range(LONGEST_TEXT):
        yield "".join(chance.choices("abcdefghijklmnopqrstuvw", k=chance.randint(3, 9))) + " "
