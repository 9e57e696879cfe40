"""Canonical words: corrected spelling of temporal words, units and numbers, and numbers in digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.core.timex.en import (
    AFTER_AMOUNT,
    AFTER_COUNT,
    BEFORE_ONE,
    BEFORE_WEEKDAY,
    CANONICAL,
    CORRECTABLE,
    COUNTED,
    MISSPELT_AND,
    MONTH_AHEAD,
    MONTHS,
    NOT_NUMBERS,
    NOT_TEMPORAL,
    NOT_UNITS,
    NUMBERS,
    ORDINALS,
    SHORT_UNITS,
    TENS,
    WEEKDAYS,
)

_FRACTIONS = {"half": 0.5, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_UNITS = ("minute", "hour", "day", "night", "week", "fortnight", "month", "year", "second")
_FORMS = {form: unit for unit in _UNITS for form in (unit, f"{unit}s")}
_COUNTS = frozenset(("a", "an", "couple", "few", "several", "half", *NUMBERS))
_SHORT = 3  # letters: shorter words are not corrected
_TWO_OFF, _LONGEST = 7, 8  # letters: minimum length for a second and a third edit


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
    if whole is None or len(following) < 2 or following[1].text not in COUNTED:
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
        counts = after in COUNTED or _begins_an_amount(words, place)
        return "1" if before in BEFORE_ONE or counts or len(words) == 1 else text
    if text in ORDINALS and (ORDINALS[text] > 3 or _names_a_date(words, place)):
        return _ordinal(ORDINALS[text])
    return str(NUMBERS[text]) if text in NUMBERS else text


def _begins_an_amount(words: list[Word], place: int) -> bool:
    """Return True if "one" begins an amount: one and a half weeks, one or two days, one friday ago."""
    after = [word.text for word in words[place + 1 : place + 6]]
    if after[:1] in (["and"], ["or"], ["to"], ["-"]):
        after = [text for text in after[1:] if text not in ("a", "an")]
        counted = after[:1] != [] and (after[0] in _FRACTIONS or _whole(after[0]) is not None)
        return counted and after[1:2] != [] and after[1] in (*COUNTED, "quarter")
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
        or (after[:1] == ["of"] and after[1:2] != [] and (after[1] in MONTHS or after[1] in MONTH_AHEAD))
    )


def _month_after(words: list[Word], place: int) -> bool:
    """Return True if a month follows three words later: the first day of november."""
    return place + 3 < len(words) and words[place + 3].text in MONTHS


def _ordinal(number: int) -> str:
    return f"{number}{_ENDINGS.get(number, 'th')}"


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """Return the temporal word that is meant, or else the word itself; lower case in and out."""
    if word in CANONICAL:
        return CANONICAL[word]
    if len(word) < 5 or word in CORRECTABLE or word in NOT_TEMPORAL:
        return word
    for meant in CORRECTABLE:
        allowed = 2 if len(meant) >= 8 and len(word) >= 7 else 1
        if (
            word[0] == meant[0]
            and abs(len(word) - len(meant)) <= allowed
            and OSA.distance(word, meant) <= allowed
        ):
            return meant
    return word


def nearest_word(word: str, meant: Iterable[str], allowed: int) -> str | None:
    """Return the nearest candidate with the same first letter, at most ``allowed`` edits away.

    None if there is no such candidate, or two are equally near.
    """
    near = sorted((OSA.distance(word, other), other) for other in meant if other[0] == word[0])
    alone = near and near[0][0] <= allowed and (len(near) == 1 or near[1][0] > near[0][0])
    return near[0][1] if alone else None


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
    return replace(word, text="and") if joins and word.text in MISSPELT_AND else word


def _unit(words: list[Word], place: int) -> Word:
    word = words[place]
    if word.text in SHORT_UNITS and _is_counted(words, place) and _reaches(words, place + 1):
        return replace(word, text=SHORT_UNITS[word.text])
    if word.text in (*_UNITS, *NOT_UNITS) or not word.text.isalpha() or len(word.text) < _SHORT:
        return word
    if not _is_counted(words, place) or not _reaches(words, place + 1):
        return word
    meant = nearest_word(word.text, _FORMS, _allowed(word.text))
    return replace(word, text=_FORMS[meant]) if meant else word


def _allowed(text: str) -> int:
    return 1 + (len(text) >= _TWO_OFF) + (len(text) >= _LONGEST)


def _is_counted(words: list[Word], place: int) -> bool:
    before = [word.text for word in words[max(place - 2, 0) : place]]
    if before and before[-1] in AFTER_COUNT and len(before) > 1 and before[0] in _COUNTS:
        return True
    return before != [] and (
        before[-1] in _COUNTS or before[-1].isdecimal() or _meant_number(before[-1]) is not None
    )


def _reaches(words: list[Word], place: int) -> bool:
    """Return True if "ago" or the like follows, or "and" with another amount."""
    after = [word.text for word in words[place : place + 3]]
    if after[:1] != [] and after[0] in AFTER_AMOUNT:
        return True
    if len(after) > 1 and after[0] in BEFORE_WEEKDAY and after[1] in WEEKDAYS:
        return True
    if len(after) > 1 and after[0].isdecimal() and (_is_a_unit(after[1]) or after[1] in SHORT_UNITS):
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
    if text in (*_COUNTS, *NOT_NUMBERS) or not text.isalpha() or len(text) < _SHORT:
        return None
    return nearest_word(text, NUMBERS, 1)
