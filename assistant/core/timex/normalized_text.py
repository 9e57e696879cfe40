"""Normalization of a message: canonical words, corrected spelling, numbers in digits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.core.timex.en.vocabulary import (
    CANONICAL,
    FRACTIONS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    TENS,
    UNITS_STUCK,
    WEEKDAYS,
)

_COUNTED = frozenset(
    (
        "second",
        "minute",
        "hour",
        "h",
        "day",
        "night",
        "week",
        "fortnight",
        "month",
        "year",
        "oclock",
        "am",
        "pm",
        "past",
    )
)
_BEFORE_ONE = frozenset(("at", "day", "around", "about", "half", "past", "to", "since", "by"))
_MONTH_AHEAD = ("this", "next", "last", "the")
_FRACTIONS = {"half": 0.5, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True)
class Word:
    """A canonical word and its span in the message; two words may share a span (4pm)."""

    text: str
    start: int
    end: int


def in_digits(words: list[Word]) -> list[Word]:
    """Write "twenty one" as 21, "ninth" as 9th, and a "one" that counts something as 1."""
    return list(_converted(words))


def _converted(words: list[Word]) -> Iterator[Word]:
    place = 0
    while place < len(words):
        word = words[place]
        taken, text = _compound(words, place)
        taken, text = (taken, text) if taken else _mixed(words, place)
        if taken:
            yield Word(text, word.start, words[place + taken - 1].end)
            place += taken
            continue
        yield Word(_single(words, place), word.start, word.end)
        place += 1


def _compound(words: list[Word], place: int) -> tuple[int, str]:
    """Return the length of a number of two words, and its digits; 0 if there is none."""
    tens = TENS.get(words[place].text)
    rest = [word.text for word in words[place + 1 : place + 3]]
    skipped = 1 if rest[:1] == ["-"] else 0
    if tens is None or len(rest) <= skipped:
        return 0, ""
    ones = rest[skipped]
    if 1 <= NUMBERS.get(ones, 0) <= 9:
        return 2 + skipped, str(tens + NUMBERS[ones])
    if 1 <= ORDINALS.get(ones, 0) <= 9:
        return 2 + skipped, _ordinal(tens + ORDINALS[ones])
    return 0, ""


def _mixed(words: list[Word], place: int) -> tuple[int, str]:
    """Return the length of a number with a fraction, and its digits; 0 if there is none.

    Examples: 1½ hours, "1 1/2 hours", "one point five".
    """
    following = words[place + 1 : place + 3]
    whole = _whole(words[place].text)
    if whole is not None and [word.text for word in following[:1]] == ["point"] and len(following) > 1:
        tenths = _whole(following[1].text)
        return (0, "") if tenths is None else (3, f"{whole}.{tenths}")
    if whole is None or len(following) < 2 or following[1].text not in _COUNTED:
        return 0, ""
    part = _FRACTIONS.get(following[0].text)
    written_out = following[0].text == "half" and following[0].end - following[0].start > 1
    return (0, "") if part is None or written_out else (2, f"{whole + part:g}")


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 else NUMBERS.get(text)


def _single(words: list[Word], place: int) -> str:
    text = words[place].text
    before = words[place - 1].text if place else ""
    after = words[place + 1].text if place + 1 < len(words) else ""
    if text == "one":
        counts = after in _COUNTED or _begins_an_amount(words, place)
        return "1" if before in _BEFORE_ONE or counts or len(words) == 1 else text
    if text in ORDINALS and (ORDINALS[text] > 3 or _names_a_date(words, place)):
        return _ordinal(ORDINALS[text])
    return str(NUMBERS[text]) if text in NUMBERS else text


def _begins_an_amount(words: list[Word], place: int) -> bool:
    """Return True if "one" begins an amount: one and a half weeks, one or two days, one friday ago."""
    after = [word.text for word in words[place + 1 : place + 6]]
    if after[:1] in (["and"], ["or"], ["to"], ["-"]):
        after = [text for text in after[1:] if text not in ("a", "an")]
        counted = after[:1] != [] and (after[0] in _FRACTIONS or _whole(after[0]) is not None)
        return counted and after[1:2] != [] and after[1] in (*_COUNTED, "quarter")
    return after[:1] != [] and after[0] in WEEKDAYS and ("ago" in after[1:3] or "back" in after[1:3])


def _names_a_date(words: list[Word], place: int) -> bool:
    """Return True if first, second or third is a day of the month.

    Examples: on the second, the first of june, june the third.
    """
    before = [word.text for word in words[max(place - 2, 0) : place]]
    after = [word.text for word in words[place + 1 : place + 4]]
    if "last" in after and set(after[: after.index("last")]) <= {"-", "to"}:
        return False  # the second-to-last friday
    after = after[:2]
    return (
        before in (["on", "the"], ["for", "the"])
        or (after == ["day", "of"] and _month_after(words, place))
        or any(month in MONTHS for month in (*before[-2:], *after[:1]))
        or (after[:1] == ["of"] and after[1:2] != [] and (after[1] in MONTHS or after[1] in _MONTH_AHEAD))
    )


def _month_after(words: list[Word], place: int) -> bool:
    """Return True if a month follows three words later: the first day of november."""
    return place + 3 < len(words) and words[place + 3].text in MONTHS


def _ordinal(number: int) -> str:
    return f"{number}{_ENDINGS.get(number, 'th')}"


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
    """Return the temporal word that is meant, or else the word itself; lower case in and out."""
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
    """Return the nearest candidate with the same first letter, at most ``allowed`` edits away.

    None if there is no such candidate, or two are equally near.
    """
    near = sorted((_steps(word, other), other) for other in meant if other[0] == word[0])
    alone = near and near[0][0] <= allowed and (len(near) == 1 or near[1][0] > near[0][0])
    return near[0][1] if alone else None


def _steps(one: str, other: str) -> int:
    """Return the edit distance between two words (optimal string alignment).

    Edits are insertions, deletions, substitutions and swaps of adjacent letters.
    """
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


_UNITS = ("minute", "hour", "day", "night", "week", "fortnight", "month", "year", "second")
_FORMS = {form: unit for unit in _UNITS for form in (unit, f"{unit}s")}
_SHORT_FORMS = {
    "mo": "month",
    "mos": "month",
    "d": "day",
    "ds": "day",
    "w": "week",
    "ws": "week",
    "y": "year",
}
_COUNTS = frozenset(("a", "an", "couple", "few", "several", "half", *NUMBERS))
_AFTER_COUNT = frozenset(("of", "a"))
_REACHES = frozenset(
    ("ago", "back", "since", "post", "until", "after", "before", "away", "hence", "from", "time")
)
_BESIDE_DAYS = frozenset(("on", "last", "past", "gone"))
_NO_NUMBERS = frozenset(
    ("for", "the", "then", "than", "that", "these", "those", "this", "few", "once", "ones")
)
_NO_UNITS = frozenset(("mouth", "dab", "dry", "dye", "dad", "daily"))
_ANDS = frozenset(("an", "nad", "ans", "amd", "anf", "abd", "end", "nand"))
_SHORT = 3  # letters: shorter words are not corrected
_TWO_OFF, _LONGEST = 7, 8  # letters: minimum length for a second and a third edit


def in_units(words: list[Word]) -> list[Word]:
    """Correct units and numbers where the words around leave no other interpretation."""
    joined = _in_one_word(words)
    linked = [_and(joined, place) for place in range(len(joined))]
    units = [_unit(linked, place) for place in range(len(linked))]
    return [_number(units, place) for place in range(len(units))]


def _in_one_word(words: list[Word]) -> list[Word]:
    """Join "fort night" into one word."""
    kept: list[Word] = []
    for word in words:
        if kept and (kept[-1].text, word.text) == ("fort", "night"):
            kept[-1] = Word("fortnight", kept[-1].start, word.end)
        else:
            kept.append(word)
    return kept


def _and(words: list[Word], place: int) -> Word:
    """Correct a misspelt "and" between two amounts: "a week an a day"."""
    word, before = words[place], words[place - 1].text if place else ""
    after = words[place + 1].text if place + 1 < len(words) else ""
    joins = before in _FORMS and (after in _COUNTS or after.isdecimal())
    return replace(word, text="and") if joins and word.text in _ANDS else word


def _unit(words: list[Word], place: int) -> Word:
    word = words[place]
    if word.text in _SHORT_FORMS and _is_counted(words, place) and _reaches(words, place + 1):
        return replace(word, text=_SHORT_FORMS[word.text])
    if word.text in (*_UNITS, *_NO_UNITS) or not word.text.isalpha() or len(word.text) < _SHORT:
        return word
    if not _is_counted(words, place) or not _reaches(words, place + 1):
        return word
    meant = nearest_word(word.text, _FORMS, _allowed(word.text))
    return replace(word, text=_FORMS[meant]) if meant else word


def _allowed(text: str) -> int:
    return 1 + (len(text) >= _TWO_OFF) + (len(text) >= _LONGEST)


def _is_counted(words: list[Word], place: int) -> bool:
    before = [word.text for word in words[max(place - 2, 0) : place]]
    if before and before[-1] in _AFTER_COUNT and len(before) > 1 and before[0] in _COUNTS:
        return True
    return before != [] and (
        before[-1] in _COUNTS or before[-1].isdecimal() or _meant_number(before[-1]) is not None
    )


def _reaches(words: list[Word], place: int) -> bool:
    """Return True if "ago" or the like follows, or "and" with another amount."""
    after = [word.text for word in words[place : place + 3]]
    if after[:1] != [] and after[0] in _REACHES:
        return True
    if len(after) > 1 and after[0] in _BESIDE_DAYS and after[1] in WEEKDAYS:
        return True
    if len(after) > 1 and after[0].isdecimal() and (_is_a_unit(after[1]) or after[1] in _SHORT_FORMS):
        return True
    more = len(after) > 2 and (after[1] in _COUNTS or after[1].isdecimal())
    return more and after[0] in ("and", "plus", "&", "+", ",") and _is_a_unit(after[2])


def _is_a_unit(text: str) -> bool:
    return text in _FORMS or nearest_word(text, _FORMS, 1) is not None


def _number(words: list[Word], place: int) -> Word:
    word, after = words[place], [other.text for other in words[place + 1 : place + 2]]
    meant = _meant_number(word.text) if after[:1] != [] and after[0] in _UNITS else None
    return replace(word, text=meant) if meant and _reaches(words, place + 2) else word


def _meant_number(text: str) -> str | None:
    if text in (*_COUNTS, *_NO_NUMBERS) or not text.isalpha() or len(text) < _SHORT:
        return None
    return nearest_word(text, NUMBERS, 1)


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
_APOSTROPHES = re.compile(r"['’`´]")
_SILENT_MARKS = frozenset("'’‘`´\"“”*_~^")
_ITS_OWN = re.compile(r"([^\W\d_]{3,})['’`´]s$")
_NO_OWNER = frozenset(
    ("that", "what", "there", "here", "where", "when", "this", "who", "she", "how", "why", "let", "its")
)
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
    for piece in _PIECE.finditer(plain):
        house = _house_words(piece.lastgroup or "", piece.group().lower())
        words += [Word(text, piece.start(), piece.end()) for text in house if text]
    return NormalizedText(message, tuple(in_digits(in_units(words))))


def _house_words(kind: str, text: str) -> list[str]:
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
    if owner and owner[1] not in _NO_OWNER:
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
