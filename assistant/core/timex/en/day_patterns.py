"""Patterns for days, weeks and weekends near today.

Examples: yesterday, last friday, the saturday before last, next week.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.core.timex.dates import Month, Sometime, Week, Weekend
from assistant.core.timex.day_terms import OnWeekday, Shifted, Which
from assistant.core.timex.en import FRAGILE, WEEKDAYS
from assistant.core.timex.expressions import PARTS, Pattern, TimeExpression, any_of, pattern

_NEAR = {"today": 0, "earlier today": 0, "later today": 0, "yesterday": -1, "tomorrow": 1, "overmorrow": 2}
_BESIDE = {"day before yesterday": -2, "before yesterday": -2, "day after tomorrow": 2}
_DAYS = {**_NEAR, **_BESIDE}
_NO_AMOUNT = (
    r"(?<!\d )(?<!couple )(?<!few )(?<!several )(?<!of )(?<!day )(?<!week )(?<!month )(?<!fortnight )"
)
"""Precedes "day before yesterday", which is counted in "5 days before yesterday"."""
_NIGHTS = {"tonight": 0, "to night": 0, "last night": -1, "last evening": -1, "night before last": -2}
_WHICH: dict[str, Which] = {
    "": "", "last": "last", "this": "this", "next": "next", "coming": "coming", "this coming": "coming",
    "past": "gone", "this past": "gone", "previous": "gone",
}  # fmt: skip
_BASES = {"today": 0, "this day": 0, "tomorrow": 1, "yesterday": -1}
_TERM = (
    r"(?P<term>week|fortnight)(?! (?:last|next|this|ago|back|gone|before|after|later|earlier|since|from|post|of|"
    r"\d+)(?!\S))"
)
_TERMS = {"week": 1, "fortnight": 2}
_BEYOND: dict[str, tuple[Literal["last", "next"], int]] = {"next": ("next", 1), "last": ("last", -1)}
_WEEKS = {"last": -1, "this": 0, "next": 1, "coming": 1, "following": 1, "previous": -1, "past": -1}
_W = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DAY_OR_END = rf"(?P<name>weekend|{'|'.join(WEEKDAYS)})"
_BEYOND_IT = "(?P<beyond>last|next)"
_ONE_BEYOND = rf"(?:(?:before|prior to) (?:the )?(?=last)|after (?:the )?(?=next)){_BEYOND_IT}(?: one| 1)?"
_BUT_ONE = "but (?:one|1)"
_FROM_THE_END = {"second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_ONE = rf"(?:one|1|weekend|{'|'.join(WEEKDAYS)})"
_THE_OTHER = (
    rf"(?:(?P<before>{_ONE} (?:before|prior)|(?:previous|earlier) {_ONE})|"
    rf"(?:{_ONE} (?:after|following)|(?:next|following) {_ONE}))(?: (?:that|it))?"
)
_STOP = (
    r"(?= (?:[.,;:!?()-]|and|so|at|in|on|i|im|ive|its|it|is|was|my|can|could|should|may|now|then|lol|please|with|for|"
    r"the|since)(?!\S)|$)"
)
"""Follows "but one", which in "last friday but one side is red" belongs to the next clause."""
_SHORT_WEEKDAYS = rf"(?P<short>{'|'.join(FRAGILE)})"
_NO_SUNSHINE = "".join(
    f"(?<!{word} sun)" for word in ("full", "hot", "bright", "strong", "direct", "midday", "some", "of")
)
"""Excludes "in full sun at 1"."""
_IS = r"(?: s(?! (?:the|my|when|our|good|fine)(?!\S)))?"
_VAGUE = (
    r"(?:last|next) (?:year|summer|winter|autumn|spring)|(?:the )?other (?:day|week|night)|ages ago|recently|"
    r"(?:a )?(?:long )?while (?:ago|back)|(?:a )?long (?:time )?ago|the end of the month"
)


def _shifted(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Shifted(_DAYS[found["name"]]),))


def _days_and_term(found: re.Match[str]) -> TimeExpression:
    """Build "today week" and "tomorrow fortnight" in the future, "yesterday week" in the past."""
    base, days = _BASES[found["name"]], 7 * _TERMS[found["term"]]
    return TimeExpression(*found.span(), days=(Shifted(base + (days if base >= 0 else -days)),))


def _same_day(found: re.Match[str]) -> TimeExpression:
    """Build "this day last week" or "this time next week"."""
    return TimeExpression(*found.span(), days=(Shifted(7 * _WEEKS[found["which"]]),))


def _night(found: re.Match[str]) -> TimeExpression:
    days = _NIGHTS[found["name"]]
    return TimeExpression(*found.span(), days=(Shifted(days, night=days < 0),), part=PARTS["night"])


def _part_today(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Shifted(0),), part=PARTS[found["part"]])


def _weekday(found: re.Match[str]) -> TimeExpression:
    which = "gone" if found["gone"] else _WHICH[found["which"] or ""]
    weeks = _TERMS.get(found["term"], 0) * (-1 if which in ("last", "gone") else 1)
    number = WEEKDAYS.index(found["weekday"])
    return TimeExpression(
        *found.span(), days=(OnWeekday(number, "coming" if weeks and not which else which, weeks),)
    )


def _weekday_beyond(found: re.Match[str]) -> TimeExpression:
    which, weeks = _BEYOND[found["beyond"] or "last"]
    if found["name"] == "weekend":
        return TimeExpression(*found.span(), days=(Weekend(which, weeks),))
    return TimeExpression(*found.span(), days=(OnWeekday(WEEKDAYS.index(found["name"]), which, weeks),))


def _weekday_from_the_end(found: re.Match[str]) -> TimeExpression:
    """Build "the second-to-last saturday", "the third last" or "the antepenultimate"."""
    weeks = -2 if found["ante"] else -_FROM_THE_END.get(found["nth"] or "second", 1)
    if found["name"] == "weekend":
        return TimeExpression(*found.span(), days=(Weekend("last", weeks),))
    return TimeExpression(*found.span(), days=(OnWeekday(WEEKDAYS.index(found["name"]), "last", weeks),))


def _not_that_one(found: re.Match[str]) -> TimeExpression:
    """Build the intended day of a contrast.

    Examples: "not last saturday but the one before", "not this friday, the friday after".
    """
    which = _WHICH[found["which"] or ""]
    back = found["before"] is not None
    if found["name"] == "weekend":
        return TimeExpression(*found.span(), days=(Weekend("last", -1) if back else Weekend("coming", 1),))
    near: Which = which if which in ("last", "next") else "gone" if back else "coming"
    return TimeExpression(
        *found.span(), days=(OnWeekday(WEEKDAYS.index(found["name"]), near, -1 if back else 1, rank=2),)
    )


def _span_beyond(found: re.Match[str]) -> TimeExpression:
    _, beyond = _BEYOND[found["beyond"]]
    return TimeExpression(
        *found.span(), days=(Week(2 * beyond) if found["name"] == "week" else Month(2 * beyond),)
    )


def _short_weekday(found: re.Match[str]) -> TimeExpression:
    named = found.groupdict()
    which, weeks = _WHICH[named.get("which") or ""], _TERMS.get(named.get("term") or "", 0)
    number = WEEKDAYS.index(FRAGILE[found["short"]])
    return TimeExpression(*found.span(), days=(OnWeekday(number, "coming" if weeks else which, weeks),))


def _week(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Week(_WEEKS[found["which"]]),))


def _weekend(found: re.Match[str]) -> TimeExpression:
    which: Literal["", "last", "next"] = found["which"] or ""  # type: ignore[assignment]
    return TimeExpression(*found.span(), days=(Weekend(which),))


def _named_month(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Month(_WEEKS[found["which"]]),))


def _sometime(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Sometime(),))


DAY_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?:the )?(?P<name>{any_of(_NEAR)})(?: s)?", _shifted),
    pattern(rf"{_NO_AMOUNT}(?:the )?(?P<name>{any_of(_BESIDE)})(?: s)?", _shifted),
    pattern(rf"(?:on )?(?P<name>{any_of(_BASES)}) {_TERM}", _days_and_term),
    pattern(r"(?:on )?(?:this|this very|the same) (?:day|time) (?P<which>last|next) week", _same_day),
    pattern(rf"(?:the )?(?P<name>{any_of(_NIGHTS)})(?: s)?", _night),
    pattern(
        r"(?:earlier |later |early |late )?this (?P<part>morning|lunchtime|afternoon|evening|teatime)",
        _part_today,
    ),
    pattern(
        rf"(?:(?P<which>last|this coming|coming|this past|this|next|past|previous) )?{_W}{_IS}"
        rf"(?P<gone> just gone| just past| gone| last(?= (?:it|i|that|was)(?!\S)))?(?: {_TERM})?",
        _weekday,
    ),
    pattern(
        rf"(?:the )?{_DAY_OR_END}(?:(?: ,)? (?:the )?(?:one|1))? {_ONE_BEYOND}",
        _weekday_beyond,
    ),
    pattern(rf"(?:the )?{_BEYOND_IT} {_DAY_OR_END} {_BUT_ONE}{_STOP}", _weekday_beyond),
    pattern(rf"(?:the )?{_BEYOND_IT} {_BUT_ONE} {_DAY_OR_END}", _weekday_beyond),
    pattern(
        r"(?:the )?(?:(?:(?P<nth>second|2nd|third|3rd|fourth|4th)(?: -)?(?: to)?(?: -)?|next to)(?: the)? last|"
        rf"(?P<ante>ante(?: -)? ?)?penultimate) {_DAY_OR_END}",
        _weekday_from_the_end,
    ),
    pattern(
        rf"(?<!but )not (?:the )?(?:(?P<which>{any_of(filter(None, _WHICH))}) )?{_DAY_OR_END}"
        rf"(?: (?:gone|coming))?(?: s)?(?: ,)?(?: (?:but|its|it is|it was|was))*(?: on)?(?: the)? {_THE_OTHER}",
        _not_that_one,
    ),
    pattern(
        rf"(?:the )?(?P<name>week|month) {_ONE_BEYOND}",
        _span_beyond,
    ),
    pattern(rf"(?:the )?{_BEYOND_IT} (?P<name>week|month) {_BUT_ONE}{_STOP}", _span_beyond),
    pattern(
        rf"(?:on|(?P<which>last|this coming|coming|next|this)) {_SHORT_WEEKDAYS}(?! (?:damage|cream|lotion))",
        _short_weekday,
    ),
    pattern(rf"(?:on )?{_SHORT_WEEKDAYS} {_TERM}", _short_weekday),
    pattern(
        rf"(?P<which>)?{_SHORT_WEEKDAYS}(?<!the sun)(?<!in sun){_NO_SUNSHINE}"
        r"(?= (?:morning|afternoon|evening|night|at (?:half |quarter |about |around )?(?:past |to )?\d|"
        r"\d{1,2} (?:am|pm)|\d:?\d|\d{1,2}(?:st|nd|rd|th))| \.$|$)",
        _short_weekday,
    ),
    pattern(r"(?:the )?(?P<which>last|this|next|coming|following|previous|past) week(?: s)?", _week),
    pattern(
        r"(?:(?P<which>last|next)|this|the|this coming|coming|over the|at the|at|this past|on the) weekend",
        _weekend,
    ),
    pattern(r"(?:the )?(?P<which>last|this|next) month", _named_month),
    pattern(_VAGUE, _sometime),
)
