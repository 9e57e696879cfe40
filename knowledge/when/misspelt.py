"""Short words of time that are misspelt, read by what stands next to them: 2 weaks ago, tow days since."""

from __future__ import annotations

from dataclasses import replace

from knowledge.when.numerals import Word
from knowledge.when.spelling import nearest_word
from knowledge.when.words import NUMBERS

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
_REACHES = frozenset(("ago", "back", "since", "post", "until", "after", "before", "away", "hence", "from"))
_NO_NUMBERS = frozenset(
    ("for", "the", "then", "than", "that", "these", "those", "this", "few", "once", "ones")
)
_NO_UNITS = frozenset(("mouth", "dab", "dry", "dye", "dad", "daily"))
_ANDS = frozenset(("an", "nad", "ans", "amd", "anf", "abd", "end", "nand"))
_SHORT = 3  # letters that a word must have to be near another
_LONG, _LONGEST = 7, 8  # letters of a word that may be two, and three, letters off


def in_units(words: list[Word]) -> list[Word]:
    """The same words with the unit or number that is meant where the words around leave no other."""
    joined = _in_one_word(words)
    linked = [_and(joined, place) for place in range(len(joined))]
    units = [_unit(linked, place) for place in range(len(linked))]
    return [_number(units, place) for place in range(len(units))]


def _in_one_word(words: list[Word]) -> list[Word]:
    """With "fort night" as one word."""
    kept: list[Word] = []
    for word in words:
        if kept and (kept[-1].text, word.text) == ("fort", "night"):
            kept[-1] = Word("fortnight", kept[-1].start, word.end)
        else:
            kept.append(word)
    return kept


def _and(words: list[Word], place: int) -> Word:
    """The "an" in "a week an a day"."""
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
    return 1 + (len(text) >= _LONG) + (len(text) >= _LONGEST)


def _is_counted(words: list[Word], place: int) -> bool:
    before = [word.text for word in words[max(place - 2, 0) : place]]
    if before and before[-1] in _AFTER_COUNT and len(before) > 1 and before[0] in _COUNTS:
        return True
    return before != [] and (
        before[-1] in _COUNTS or before[-1].isdecimal() or _meant_number(before[-1]) is not None
    )


def _reaches(words: list[Word], place: int) -> bool:
    """Whether "ago" or the like follows, or "and" with one more amount."""
    after = [word.text for word in words[place : place + 3]]
    if after[:1] != [] and after[0] in _REACHES:
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
