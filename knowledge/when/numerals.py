"""Numbers that are written out, turned into digits where they can count time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.when.words import MONTHS, NUMBERS, ORDINALS, TENS, WEEKDAYS

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
        taken, text = (taken, text) if taken else _mixed(words, place)
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


def _mixed(words: list[Word], place: int) -> tuple[int, str]:
    """How many words make a number and a fraction that count time, 1½ or "1 1/2 hours", and that number."""
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
    """Whether what follows a "one" makes an amount of it: one and a half weeks, one or two days, one friday ago."""
    after = [word.text for word in words[place + 1 : place + 6]]
    if after[:1] in (["and"], ["or"], ["to"], ["-"]):
        after = [text for text in after[1:] if text not in ("a", "an")]
        counted = after[:1] != [] and (after[0] in _FRACTIONS or _whole(after[0]) is not None)
        return counted and after[1:2] != [] and after[1] in (*_COUNTED, "quarter")
    return after[:1] != [] and after[0] in WEEKDAYS and ("ago" in after[1:3] or "back" in after[1:3])


def _names_a_date(words: list[Word], place: int) -> bool:
    """Whether first, second or third is a day of the month: on the second, the first of june, june the third."""
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
    """Whether a month comes three words on: the first day of november."""
    return place + 3 < len(words) and words[place + 3].text in MONTHS


def _ordinal(number: int) -> str:
    return f"{number}{_ENDINGS.get(number, 'th')}"
