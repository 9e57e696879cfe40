"""Patterns for dates, days and times of day.

Examples: the 14th, 12/11, 12 november 2026, 2026-11-12T15:00, christmas eve, in march, last friday, at half past 4.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.core.timex.clocks import PARTS, Clock, Half
from assistant.core.timex.dates import Month, NthWeekday, OnDate, Slashed, Sometime, Week, Weekend, WeekOf
from assistant.core.timex.day_terms import OnWeekday, Shifted, Which
from assistant.core.timex.en.vocabulary import FRAGILE, MONTHS, WEEKDAYS
from assistant.core.timex.expressions import Pattern, TimeExpression, any_of, pattern
from assistant.core.timex.instants import Written

_FEASTS = {
    "christmas": (25, 12), "xmas": (25, 12), "christmas day": (25, 12), "christmas eve": (24, 12),
    "xmas eve": (24, 12), "boxing day": (26, 12), "new year eve": (31, 12), "new years eve": (31, 12),
    "new year s eve": (31, 12), "nye": (31, 12), "new years day": (1, 1), "new year s day": (1, 1),
    "new year day": (1, 1), "valentines": (14, 2), "valentine s": (14, 2), "valentine day": (14, 2),
    "valentines day": (14, 2), "valentine s day": (14, 2), "halloween": (31, 10), "st patricks day": (17, 3),
}  # fmt: skip
_NO_FEAST = (
    "present|party|parties|gift|do|dinner|tree|market|time|shopping|hols|holidays|offer|deal|voucher|treat|play|concert|"
    "jumper|card|week|break"
)
_PARTY = r"(?:work|office|staff|company|team|school) (?:\w+ )?(?:party|do|dinner|lunch|night)"
_DAY_ITSELF = r"(?<=eve)|(?<=nye)|(?<=day)"
"""A party on one of these is on that day ("nye party"); an "xmas party" may be on any."""
_NAMES = "|".join(MONTHS)
_MONTH = rf"(?P<month>{_NAMES})"
_MAY_I = r"(?!\d+ may (?:i|be|have|it|not|we|you|cause|need)(?!\S))"
_TELLING = "had|was|were|got|went|did|think|have|am|guess|believe|started|saw"
_MAY_WE = rf"(?!\d+(?:st|nd|rd|th) may (?:i|we) (?!(?:{_TELLING})(?!\S)))"
"""After "the 4th", "may" is the month in a statement ("may i had it") and a verb in a question ("may i swim")."""
_DAY = r"(?P<day>\d{1,3})"
_TH = "(?:st|nd|rd|th)"
_SHORT = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
_AFTER_WEEKDAY = "|".join(f"(?<={weekday} )" for weekday in (*WEEKDAYS, *_SHORT))
_BARE_DAY = r"(?P<day>[1-9]|[12]\d|3[01])"
_BARE_STOP = (
    r"(?= (?:[.,;!?)]|and|but|so|at|is|was|i|it|they|she|he|we|my|the|can|could|may|will|would|should|if|then|too|for|"
    r"ok|okay|please|pls|morning|afternoon|evening)(?!\S)|$)(?! (?:, )?\d+(?!\S))"
)
"""Follows a day of the month without a suffix: "monday 16.", "on the 13?"."""
_NO_NUMBERED = (
    r"(?!(?<=session )[1-6] )(?!(?<=round )[1-6] )(?!(?<=treatment )[1-6] )(?<!number )"
    rf"(?!(?<=appointment )[1-6] (?:{'|'.join(MONTHS)}) \d)(?<!\bday )"
)
"""Excludes "session 2 feb 26" and "day 4 may be".

"Appointment 15 october" and "thursday 15 october" are dates.
"""
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
    "last": 0,
}  # fmt: skip
_AFTER_IT = "(?:^|(?<=on )|(?<=it )|(?<=the )|(?<=done )|(?<=was )|(?<=is )|(?<=session )|(?<=treatment ))"
_CLOCK_NEXT = r"(?= (?:(?:at|um) )?\d{1,2}(?::\d{2}| (?:am|pm|h|oclock))(?!\S))"
"""Follows 9.11 if that is a date, not a strength or a length: "on 9.11. at 16:30"."""
_YEAR = r"(?:(?: - (?=\d{4})|(?: ,)? )(?P<year>\d{4}|2\d(?! (?:am|pm|oclock|day|hour|week|h|%|:)(?!\S))))?"
_NO_COUNT = (
    r"(?! (?:session|day|hour|minute|week|month|year|time|mm|am|pm|oclock|of (?:them|us)|people|%)(?!\S))"
)
_RANKED = (
    "session|treatment|appointment|1|one|1st|2nd|3rd|time|go|round|day|night|visit|week|weekend|month|degree|thing|few|"
    "couple|needling|dermapen|microneedling|place|half|hour|attempt|try|birthday|course|year|floor|person|lot|opinion|"
    "hand|stage|phase|pass|layer|part|party|anniversary|morning|evening|question|date|class"
)
_NO_RANK = rf"(?! (?:{_RANKED}|of(?! (?:this|last|next|the) month)|in (?:{_NAMES}))(?!\S))"
"""Follows an ordinal that is a date: not "the 2nd session", nor "the 14th of" anything but a month."""


def _date(found: re.Match[str]) -> TimeExpression:
    year = found["year"]
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return TimeExpression(
        *found.span(), days=(OnDate(int(found["day"]), MONTHS.index(found["month"]) + 1, full),)
    )


def _day_of_month(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(OnDate(int(found["day"])),))


def _nth_weekday(found: re.Match[str]) -> TimeExpression:
    number = WEEKDAYS.index(found["weekday"])
    if found["month"]:
        return TimeExpression(
            *found.span(), days=(NthWeekday(_NTH[found["nth"]], number, MONTHS.index(found["month"]) + 1),)
        )
    months = {"last": -1, "this": 0, "next": 1}[found["near"]]
    return TimeExpression(*found.span(), days=(NthWeekday(_NTH[found["nth"]], number, None, months),))


def _week_of(found: re.Match[str]) -> TimeExpression:
    day = int(found["day"] or found["number"])
    month = MONTHS.index(found["month"] or found["name"]) + 1
    return TimeExpression(*found.span(), days=(WeekOf(OnDate(day, month)),))


def _slashed(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Slashed(int(found["first"]), int(found["second"])),))


def _with_year(found: re.Match[str]) -> TimeExpression:
    """Build a date with the year first, or last in two or four digits; anything else is non-temporal."""
    one, two, three = (part for part in re.split(r"\D", found.group()))
    if len(one) == 4:
        return TimeExpression(*found.span(), days=(OnDate(int(three), int(two), int(one)),))
    if len(three) not in (2, 4) or len(one) > 2:
        return TimeExpression(*found.span(), mute=True)
    year = int(three) + (2000 if len(three) == 2 else 0)
    return TimeExpression(*found.span(), days=(Slashed(int(one), int(two), year),))


def _written(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), instant=Written(found.group()))


def _feast(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(OnDate(*_FEASTS[found["name"]]),))


def _month(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Sometime(MONTHS.index(found["month"]) + 1),))


DATE_WORDS: tuple[Pattern, ...] = (
    pattern(
        rf"{_NO_NUMBERED}(?:(?:on|for) )?(?:the )?{_MAY_I}{_MAY_WE}"
        rf"{_DAY}(?:{_TH}?(?: of)?(?: the)?|{_TH}? day of| -) {_MONTH}{_YEAR}",
        _date,
    ),
    pattern(rf"(?:on )?{_MONTH}(?: the| -)? {_DAY}{_TH}?{_NO_COUNT}{_YEAR}", _date),
    pattern(rf"(?:on|on the|for the|the) {_DAY}{_TH}{_NO_RANK}", _day_of_month),
    pattern(rf"(?:(?:on|for) )?(?:the )?{_DAY}{_TH}(?: of)?(?= (?:this|last|next|the) month)", _day_of_month),
    pattern(rf"^{_DAY}{_TH}$", _day_of_month),
    pattern(rf"(?:(?<=day )|{_AFTER_WEEKDAY}){_DAY}{_TH}{_NO_RANK}", _day_of_month),
    pattern(rf"(?:{_AFTER_WEEKDAY}){_BARE_DAY}{_BARE_STOP}", _day_of_month),
    pattern(rf"(?:on|for|on the|for the) (?<=the ){_BARE_DAY}{_BARE_STOP}", _day_of_month),
    pattern(
        rf"(?:on )?(?:the )?(?P<nth>{any_of(_NTH)}) (?P<weekday>{'|'.join(WEEKDAYS)}) (?:of|in) "
        rf"(?:{_MONTH}|(?P<near>this|next|last) month)",
        _nth_weekday,
    ),
    pattern(
        rf"(?:the )?week (?:of|commencing|beginning|starting)(?: on)?(?: the)? (?:{_DAY}{_TH}?(?: of)? {_MONTH}|"
        rf"(?P<name>{_NAMES})(?: the)? (?P<number>\d{{1,2}}){_TH}?)",
        _week_of,
    ),
    pattern(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})", _slashed),
    pattern(rf"{_AFTER_IT}(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})(?: \.)?{_CLOCK_NEXT}", _slashed),
    pattern(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}", _with_year),
    pattern(
        r"\d{4}-\d{1,2}-\d{1,2}[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|[+-]\d{2}:?\d{2}))?", _written
    ),
    pattern(
        rf"(?<!a )(?P<name>{any_of(_FEASTS)})(?:{_DAY_ITSELF}|(?! (?:{_NO_FEAST}|{_PARTY})(?!\S)))", _feast
    ),
    pattern(
        rf"(?:in|last|this|next|since|by|early|late|mid|end of|start of|beginning of) {_MONTH}(?! (?:the )?\d)",
        _month,
    ),
)


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
    which = _WHICH[found["which"] or ""]
    return TimeExpression(*found.span(), days=(OnWeekday(WEEKDAYS.index(FRAGILE[found["short"]]), which),))


def _week(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Week(_WEEKS[found["which"]]),))


def _weekend(found: re.Match[str]) -> TimeExpression:
    which: Literal["", "last", "next"] = found["which"] or ""  # type: ignore[assignment]
    return TimeExpression(*found.span(), days=(Weekend(which),))


def _named_month(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Month(_WEEKS[found["which"]]),))


def _sometime(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Sometime(),))


DAY_WORDS: tuple[Pattern, ...] = (
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
    pattern(
        rf"(?P<which>)?{_SHORT_WEEKDAYS}(?<!the sun)(?<!in sun)"
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


_H = r"(?P<hour>\d{1,2})"
_HALF = r"(?: (?P<half>am|pm))"
_ISH = r"(?: ish)?"
_AT = r"(?P<at>at|at about|at around|at like|at roughly|at exactly|from|by|before|around|round|about|for|since) "
_DOTTED = r"(?P<hour>0\d|[1-9]|1\d|2[0-4])\.(?P<minute>[0-5]\d)"
"""Excludes 0.05, which is a strength or a needle length."""
_AT_HOUR = _AT.replace("|round|", "|")  # round 2 is a session
_STRONG = frozenset({"at", "at about", "at around", "at like", "at roughly", "at exactly"})
_COUNTED = (
    "second|minute|hour|day|night|week|fortnight|month|year|years|yo|mm|mil|cm|session|treatment|time|round|rounds|"
    "quid|pound|pounds|usd|dollar|dollars|euro|euros|percent|%|\\$|degree|degrees|people|clinic|clinics|place|places|"
    "different|layers|spots|patches|needles|in a row|of (?:my|the)|st|and a half|or \\d|to \\d|-|/"
)
_NOT_COUNTED = rf"(?! (?:{_COUNTED})(?!\S))"
_GOING_ON = (
    "[.,;:!?()-]|and|but|so|on|in|at|of|from|to|with|for|by|just|about|approx|maybe|think|exactly|roughly|sharp|oclock|"
    "today|tomorrow|tonight|yesterday|this|that|last|next|then|now|after|afterwards|before|until|or|than|where|which|"
    "i|im|ill|ive|it|its|itll|thatll|is|was|my|the|they|she|he|we|if|can|when|what|how|do|does|should|will|could|not|still|because|"
    f"ok|okay|yeah|yes|lol|thanks|please|pls|am|pm|{'|'.join(WEEKDAYS)}"
)
_GOES_ON = rf"(?= (?:{_GOING_ON})(?!\S)|$)"
"""Follows "at 4" if that is a time and not a count."""
_PARTS = "morning|lunchtime|afternoon|evening|night|teatime|bedtime"
_MINUTES = r"half|quarter|5|10|15|20|25|\d{1,2}(?= (?:minute )?past)"
_HALVES: dict[str | None, Half] = {"am": "am", "pm": "pm"}
_MINUTES_PAST = {"quarter": 15, "half": 30}


def _clock(found: re.Match[str], weak: bool = False) -> TimeExpression:
    named = found.groupdict()
    minute = int(named.get("minute") or 0)
    leading = found["hour"].startswith("0") and len(found["hour"]) == 2
    clock = Clock(int(found["hour"]), minute, _HALVES.get(named.get("half"), "24h" if leading else ""))
    return TimeExpression(*found.span(), clock=clock, weak=weak or (named.get("at") or "at") not in _STRONG)


def _weak(found: re.Match[str]) -> TimeExpression:
    return _clock(found, weak=True)


def _past(found: re.Match[str]) -> TimeExpression:
    """Build "half three", "quarter to nine" or "twenty past two"."""
    minutes = _MINUTES_PAST.get(found["minutes"]) or int(found["minutes"])
    hour = 12 if found["hour"] == "noon" else int(found["hour"])
    if found["side"] == "to":
        hour, minutes = (12 if hour == 1 else hour - 1), 60 - minutes
    if minutes > 59 or not 1 <= hour <= 12:
        return TimeExpression(*found.span(), mute=True)
    sure = found["minutes"] in _MINUTES_PAST or found["at"] in _STRONG
    return TimeExpression(
        *found.span(), clock=Clock(hour, minutes, _HALVES.get(found["half"], "")), weak=not sure
    )


def _named(found: re.Match[str]) -> TimeExpression:
    clock = Clock(12, 0, "pm") if found["name"] == "noon" else Clock(0, 0, "midnight")
    return TimeExpression(*found.span(), clock=clock, weak=found["at"] not in _STRONG)


def _part(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), part=PARTS[found["part"]], weak=True)


def _first_thing(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), part=PARTS["morning"], weak=True)


CLOCK_WORDS: tuple[Pattern, ...] = (
    pattern(rf"(?:{_AT})?{_H}{_HALF}{_ISH}", _clock),
    pattern(rf"(?:{_AT})?{_H}[:.](?P<minute>\d{{2}}){_HALF}{_ISH}", _clock),
    pattern(rf"(?:{_AT})?{_H}:(?P<minute>\d{{2}})(?: h| hour)?{_ISH}", _clock),
    pattern(rf"{_AT}{_DOTTED}{_NOT_COUNTED}(?: h)?", _clock),
    pattern(rf"{_DOTTED}{_NOT_COUNTED}", _weak),
    pattern(rf"{_AT_HOUR}(?P<hour>[1-9]|1[0-2]){_ISH}{_NOT_COUNTED}{_GOES_ON}", _clock),
    pattern(rf"{_AT}(?P<hour>1[3-9]|2[0-4]){_NOT_COUNTED}", _weak),
    pattern(rf"(?:{_AT})?{_H} (?:o )?oclock{_ISH}(?:{_HALF})?", _clock),
    pattern(rf"(?:{_AT})?{_H} h(?! ago)", _weak),
    pattern(rf"(?:{_AT}){_H}(?P<minute>[0-5]\d)(?: hour| h)?{_NOT_COUNTED}", _clock),
    pattern(rf"(?:{_AT})?{_H} (?P<minute>[0-5]\d){_HALF}", _clock),
    pattern(rf"{_AT}{_H} (?P<minute>[0-5]\d){_NOT_COUNTED}{_GOES_ON}", _clock),
    pattern(rf"(?:{_AT})?(?P<hour>[1-9]|1[0-2])(?P<minute>[0-5]\d){_HALF}", _clock),
    pattern(rf"{_AT}(?P<hour>[1-9])(?P<minute>[0-5]\d)(?= (?:in the|this|tonight))", _clock),
    pattern(rf"{_H} ish", _weak),
    pattern(
        rf"{_H}(?= (?:in the (?:morning|afternoon|evening|am|pm)|this (?:morning|afternoon|evening)|tonight|at night))",
        _weak,
    ),
    pattern(
        rf"(?:{_AT})?(?:a )?(?P<minutes>{_MINUTES})(?: minute)? (?P<side>past|to|after) (?P<hour>\d{{1,2}}|noon)"
        rf"(?: oclock)?{_NOT_COUNTED}(?:{_HALF})?",
        _past,
    ),
    pattern(rf"(?:{_AT})?(?P<minutes>half)(?P<side>) {_H}{_NOT_COUNTED}(?:{_HALF})?", _past),
    pattern(rf"(?:{_AT})?(?P<name>noon|midnight)", _named),
    pattern(
        r"(?:(?:early|late|mid|first thing|later) )?(?:in the |at |on the |the |that |over |around |about |by )?"
        rf"(?:(?:early|late|mid) )?(?P<part>{_PARTS})(?: time| ish)?",
        _part,
    ),
    pattern(r"(?:in the )?(?P<part>pm|am(?= (?:[.,;!?)-]|and)(?!\S)|$))", _part),
    pattern(r"first thing", _first_thing),
)
