"""Numbers that are written out, turned into digits where they can count time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.when.words import MONTHS, NUMBERS, ORDINALS, TENS

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
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True)
class Word:
    """A word of the house and where it stands in the message; two words may share a place (4pm)."""

    text: str
    start: int
    end: int


def in_digits(words: list[Word]) -> list[Word]:
    """The same words with 21 for "twenty one", 9th for "ninth", and 1 for a "one" that counts something."""
    return list(_converted(words))


def _converted(words: list[Word]) -> Iterator[Word]:
    place = 0
    while place < len(words):
        word = words[place]
        taken, text = _compound(words, place)
        if taken:
            yield Word(text, word.start, words[place + taken - 1].end)
            place += taken
            continue
        yield Word(_single(words, place), word.start, word.end)
        place += 1


def _compound(words: list[Word], place: int) -> tuple[int, str]:
    """How many words make one number of two words, and that number."""
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


def _single(words: list[Word], place: int) -> str:
    text = words[place].text
    before = words[place - 1].text if place else ""
    after = words[place + 1].text if place + 1 < len(words) else ""
    if text == "one":
        return "1" if before in _BEFORE_ONE or after in _COUNTED or len(words) == 1 else text
    if text in ORDINALS and (ORDINALS[text] > 3 or _names_a_date(words, place)):
        return _ordinal(ORDINALS[text])
    return str(NUMBERS[text]) if text in NUMBERS else text


def _names_a_date(words: list[Word], place: int) -> bool:
    """Whether first, second or third is a day of the month: on the second, the first of june, june the third."""
    before = [word.text for word in words[max(place - 2, 0) : place]]
    after = [word.text for word in words[place + 1 : place + 3]]
    return (
        before in (["on", "the"], ["for", "the"])
        or any(month in MONTHS for month in (*before[-2:], *after[:1]))
        or (after[:1] == ["of"] and after[1:2] != [] and (after[1] in MONTHS or after[1] in _MONTH_AHEAD))
    )


def _ordinal(number: int) -> str:
    return f"{number}{_ENDINGS.get(number, 'th')}"
