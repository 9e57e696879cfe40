"""Normalization of a message: tokens, their canonical words, and where these stand in the message."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.core.timex.canonical_words import Word, corrected, in_digits, in_units
from assistant.core.timex.en import (
    ABBREVIATED_NAMES,
    CANONICAL,
    FRACTIONS,
    MONTHS,
    NO_OWNER,
    UNITS_STUCK,
    WEEKDAYS,
)

_PIECE = re.compile(
    r"""
    (?P<opaque> https?://\S+ | (?<!\S)\S[^\s@]*@\S[^\s.]*\.\S+ | [£$€]\s?\d[\d.,]* )
  | (?P<iso> (?<![\d.-])\d{4}-\d{1,2}-\d{1,2}
      (?: (?:t|\s) \d{1,2}:\d{2} (?: :\d{2}(?:\.\d{1,9})? )? (?: \s?[+-]\d{2}:?\d{2} | z )? )? (?![\d:]) )
  | (?P<date> (?<![\d/.-])\d{1,4}(?P<between>[/.-])\d{1,2}(?P=between)\d{1,4}(?!\d) )
  | (?P<mixed> (?<![\d/-])\d{1,2}-1/[24](?![\d/]) )
  | (?P<slash> (?<![\d/])\d{1,3}/\d{1,3}(?![\d/]) )
  | (?P<clock> (?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?:[ap](?![a-z]))?(?!\d) )
  | (?P<range> (?<![\d.])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d.]) )
  | (?P<decimal> \d+\.\d+ | (?<!\d)\d,\d(?!\d) )
  | (?P<negative> (?<!\S)[-−]\d+ )
  | (?P<ordinal> \d+(?:st|nd|rd|th)(?![a-z]) )
  | (?P<hours> (?<!\d)\d{1,2}h\d{2}(?:m|mins?)?(?![\da-z]) )
  | (?P<stuck> \d+[a-z]+ )
  | (?P<number> \d+ )
  | (?P<fraction> [½¼¾] )
  | (?P<half_day> [ap]\.m\b\.? )
  | (?P<word> [^\W\d_]+(?:['’`´][^\W\d_]+)* )
  | (?P<mark> [^\w\s] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HYPHENS = str.maketrans("\u2010\u2011", "--")  # Word and Slack write dates with them
_IN_FRACTIONS = re.compile(r"-(?=(?:and|half|quarters?)\b)|(?<=\band)-|(?<=\bhalf)-(?=[a-z])", re.IGNORECASE)
"""Hyphens within fractions: two-and-a-half, half-hour."""
_DASHED_DATE = re.compile(r"(?<!\d)(\d{1,4})[–—−](\d{1,2}|[a-zA-Z]{3,9})[–—−](\d{2,4})(?!\d)")
_ABBREVIATION_DOT = re.compile(rf"(?:{ABBREVIATED_NAMES})\.(?=,?\s?\d)", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’`´]")
_SILENT_MARKS = frozenset("'’‘`´\"“”*_~^")
_ITS_OWN = re.compile(r"([^\W\d_]{3,})['’`´]s$")
_OWNING_DAY = re.compile(r"(.*(?:day|tomorrow|night))s$")
_OWN_DAYS = frozenset((*WEEKDAYS, "today", "tomorrow", "yesterday", "tonight"))


@dataclass(frozen=True)
class NormalizedText:
    """A message and its canonical words."""

    original: str
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words, separated by single spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def _starts(self) -> list[int]:
        starts, place = [], 0
        for word in self.words:
            starts.append(place)
            place += len(word.text) + 1
        return starts

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of ``text`` to a span of the message."""
        first = self.words[bisect_right(self._starts, start) - 1]
        last = self.words[max(bisect_left(self._starts, end) - 1, 0)]
        return first.start, last.end


@lru_cache(maxsize=16)
def normalize(message: str) -> NormalizedText:
    """Return a message in canonical form; several readers of a message need it, one after the other."""
    words: list[Word] = []
    plain = _IN_FRACTIONS.sub(" ", message.translate(_HYPHENS))
    plain = _ABBREVIATION_DOT.sub(" ", _DASHED_DATE.sub(r"\1-\2-\3", plain))
    for piece in _PIECE.finditer(plain):
        canonical = _canonical_words(piece.lastgroup or "", piece.group().lower())
        words += [Word(text, piece.start(), piece.end()) for text in canonical if text]
    return NormalizedText(message, tuple(in_digits(in_units(words))))


def _canonical_words(kind: str, text: str) -> list[str]:
    """Return the canonical words for one token; none for quotation marks and the like."""
    if kind == "mark" and text in _SILENT_MARKS:
        return []
    of_its_kind = _OF_KINDS.get(kind)
    return of_its_kind(text) if of_its_kind else [text.replace("−", "-")]


def _word(text: str) -> list[str]:
    """Return one word, and a possessive or contracted "s" apart from it.

    Examples: monday's, the session's, a week's time.
    """
    owner = _ITS_OWN.match(text)
    if owner and owner[1] not in NO_OWNER:
        return [corrected(owner[1]), "s"]
    plain = _APOSTROPHES.sub("", text)
    day = _OWNING_DAY.match(plain)
    if day and plain not in CANONICAL and corrected(day[1]) in _OWN_DAYS:
        return [corrected(day[1]), "s"]
    return [corrected(plain)]


def _clock(text: str) -> list[str]:
    """Return hours and minutes without seconds; the half of the day in 3:15p becomes a word of its own."""
    return [":".join(re.findall(r"\d+", text)[:2]), *(f"{half}m" for half in text[-1:] if half in "ap")]


def _stuck(text: str) -> list[str]:
    """Split a number from the letters attached to it: 4pm, 5mins, 2moro; 19f stays as it is."""
    if text in CANONICAL:
        return [CANONICAL[text]]
    digits = re.match(r"\d+", text)
    assert digits is not None
    number, letters = digits.group(), text[digits.end() :]
    if letters == "h" and len(number) <= 2:
        return [number, "h"]
    if letters in UNITS_STUCK:
        return [number, UNITS_STUCK[letters]]
    name = re.sub(r"^(?:st|nd|rd|th)(?=[a-z]{3})", "", letters)
    if CANONICAL.get(name, name) in MONTHS:
        return [number, CANONICAL.get(name, name)]
    if letters == "oclock" or CANONICAL.get(letters, letters) in _CLOCK_UNITS:
        return [number, CANONICAL.get(letters, letters)]
    return [text]


_CLOCK_UNITS = frozenset(("second", "minute", "hour", "day", "night", "week", "month", "year"))
_OF_KINDS: dict[str, Callable[[str], list[str]]] = {
    "word": _word,
    "stuck": _stuck,
    "clock": _clock,
    "hours": lambda text: [text.replace("h", ":").rstrip("mins"), "h"],
    "range": lambda text: [re.sub(r"\s?[–-]\s?", "-", text)],
    "decimal": lambda text: [text.replace(",", ".")],
    "opaque": lambda _: ["#"],
    "half_day": lambda text: [text[0] + "m"],
    "mixed": lambda text: [text.replace("-1/2", ".5").replace("-1/4", ".25")],
    "fraction": lambda text: [FRACTIONS[text]],
    "mark": lambda text: [CANONICAL.get(text, text)],
}
