"""Patterns for dates: the 14th, 12/11, 12 november 2026, 2026-11-12T15:00, christmas eve, in march."""

from __future__ import annotations

import re

from assistant.core.timex.dates import InNextYear, NthWeekday, NumericDate, OnDate, Sometime, WeekOf
from assistant.core.timex.day_terms import Anchored, Either, Shifted
from assistant.core.timex.en import MONTHS, WEEKDAYS, ZONES
from assistant.core.timex.expressions import Pattern, TimeExpression, any_of, pattern
from assistant.core.timex.quantities import Timestamp
from assistant.core.timex.types import Day

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
_NO_REQUEST = r"(?!may (?:i|we|be|have|it|not|you|cause|need)(?!\S))"
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
_TIME_OF_DAY = r"(?:at )?\d{1,2}(?:[:.]\d{2}| (?:am|pm|oclock)(?!\S))"
_NO_NUMBERED = (
    rf"(?!(?<=session )[1-6] (?!(?:{'|'.join(MONTHS)}) {_TIME_OF_DAY}))(?!(?<=round )[1-6] )"
    rf"(?!(?<=treatment )[1-6] (?!(?:{'|'.join(MONTHS)}) {_TIME_OF_DAY}))(?<!number )"
    rf"(?!(?<=appointment )[1-6] (?:{'|'.join(MONTHS)}) \d)(?<!\bday )"
)
"""Excludes "session 2 feb 26" and "day 4 may be".

"Session 2 feb 3 pm", "appointment 15 october" and "thursday 15 october" are dates.
"""
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
    "last": 0,
}  # fmt: skip
_AFTER_IT = "(?:^|(?<=on )|(?<=it )|(?<=the )|(?<=done )|(?<=was )|(?<=is )|(?<=session )|(?<=treatment ))"
_CLOCK_NEXT = r"(?= (?:(?:at|um) )?\d{1,2}(?::\d{2}| (?:am|pm|h|oclock))(?!\S))"
"""Follows 9.11 if that is a date, not a strength or a length: "on 9.11. at 16:30"."""
_ISO_TIME = r"\d{4}-\d{1,2}-\d{1,2}[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_UTC = ("", "utc", "gmt")
_WEEK_OF = r"(?:the )?(?:week (?:of|commencing|beginning|starting)|w / c|wc)(?: on)?(?: the)?"
_DOTTED_DATE = r"(?P<first>[1-9]|0[1-9]|[12]\d|3[01])\.(?P<second>0[1-9]|1[0-2])"
_AFTER_CLOCK = r"(?:(?<=\d[:.]\d\d )|(?<= am )|(?<= pm )|(?<= h ))"
_AFTER_VERB = r"(?:(?<= was )|(?<=done )|(?<=treated )|(?<=needled )|(?<=rolled )|(?<=booked ))"
_NO_LENGTH = r"(?! (?:mm|mil|cm|ml|mg|%|needles?|out|hour|day|week|month|year|am|pm|of|times?|-|/)(?!\S))"
_YEAR = (
    r"(?:(?: [/.-] (?=\d{4})|(?: ,)? )(?P<year>\d{4}|2\d(?! (?:am|pm|oclock|day|hour|week|h|%|:)(?!\S))))?"
)
_NO_COUNT = (
    r"(?! (?:session|day|hour|minute|week|month|year|time|mm|am|pm|oclock|of (?:them|us)|people|%)(?!\S))"
)
_RANKED = (
    r"1(?! (?:am|pm|oclock)(?!\S))|"
    "session|treatment|appointment|one|1st|2nd|3rd|time|go|round|day|night|visit|week|weekend|month|"
    "degree|thing|few|couple|needling|dermapen|microneedling|place|half|hour|attempt|try|birthday|course|"
    "year|floor|person|lot|opinion|hand|stage|phase|pass|layer|part|party|anniversary|morning|evening|"
    "question|date|class"
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
    named = found.groupdict()
    day, month = int(named.get("day") or named["number"]), named.get("month") or named.get("name")
    date = OnDate(day, MONTHS.index(month) + 1 if month else None)
    return TimeExpression(*found.span(), days=(WeekOf(date),))


def _last_day(found: re.Match[str]) -> TimeExpression:
    following = (MONTHS.index(found["month"]) + 1) % 12 + 1
    return TimeExpression(*found.span(), days=(Anchored(-1, OnDate(1, following)),))


def _numeric_date(found: re.Match[str]) -> TimeExpression:
    year = found.groupdict().get("year")
    date = NumericDate(int(found["first"]), int(found["second"]), int(year) if year else None)
    return TimeExpression(*found.span(), days=(date,))


def _date_or_clock(found: re.Match[str]) -> TimeExpression:
    """Build 13.11, which may be the 13th of November, or 13:11 today."""
    first, second = int(found["first"]), int(found["second"])
    date: Day = NumericDate(first, second)
    if first < 24 and (first > 12 or first == second):
        date = Either(date, Shifted(0))
    return TimeExpression(*found.span(), days=(date,))


def _compact_date(found: re.Match[str]) -> TimeExpression:
    date = OnDate(int(found["first"]), int(found["second"]), int(found["year"]))
    return TimeExpression(*found.span(), days=(date,))


def _with_year(found: re.Match[str]) -> TimeExpression:
    """Build a date with the year first, or last in two or four digits; anything else is non-temporal."""
    one, two, three = (part for part in re.split(r"\D", found.group()))
    if len(one) == 4:
        return TimeExpression(*found.span(), days=(OnDate(int(three), int(two), int(one)),))
    if len(three) not in (2, 4) or len(one) > 2:
        return TimeExpression(*found.span(), non_temporal=True)
    year = int(three) + (2000 if len(three) == 2 else 0)
    return TimeExpression(*found.span(), days=(NumericDate(int(one), int(two), year),))


def _timestamp(found: re.Match[str]) -> TimeExpression:
    """Build a timestamp; with a zone other than UTC, whose name may have several meanings, its day is left open."""
    zone = (found.groupdict().get("zone") or "").strip()
    if zone in _UTC:
        return TimeExpression(
            *found.span(), instant=Timestamp(found.group().removesuffix(zone).strip() + "z" * bool(zone))
        )
    return TimeExpression(*found.span(), days=(Sometime(),))


def _feast(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(OnDate(*_FEASTS[found["name"]]),))


def _next_year(found: re.Match[str]) -> TimeExpression:
    named = found.groupdict()
    feast = _FEASTS.get(named["name"] or "")
    day, month = feast or (int(named["day"]), MONTHS.index(named["month"]) + 1)
    return TimeExpression(*found.span(), days=(InNextYear(OnDate(day, month)),))


def _month(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), days=(Sometime(MONTHS.index(found["month"]) + 1),))


DATE_PATTERNS: tuple[Pattern, ...] = (
    pattern(
        rf"{_NO_NUMBERED}(?:(?:on|for) )?(?:the )?{_MAY_I}{_MAY_WE}"
        rf"{_DAY}(?:{_TH}?(?: of)?(?: the)?|{_TH}? day of| [/-]) {_MONTH}{_YEAR}",
        _date,
    ),
    pattern(rf"(?:on )?{_MONTH}(?: the| [/-])? {_DAY}{_TH}?{_NO_COUNT}{_YEAR}", _date),
    pattern(rf"{_AFTER_IT}(?:on )?(?:the )?{_DAY} \. {_NO_REQUEST}{_MONTH}{_YEAR}", _date),
    pattern(rf"(?:on|on the|for the|the) {_DAY}{_TH}{_NO_RANK}", _day_of_month),
    pattern(rf"(?:(?:on|for) )?(?:the )?{_DAY}{_TH}(?: of)?(?= (?:this|last|next|the) month)", _day_of_month),
    pattern(rf"^{_DAY}{_TH}$", _day_of_month),
    pattern(rf"(?:(?<=day )|{_AFTER_WEEKDAY}){_DAY}{_TH}{_NO_RANK}", _day_of_month),
    pattern(rf"{_AFTER_VERB}{_DAY}{_TH}{_NO_RANK}", _day_of_month),
    pattern(rf"(?:{_AFTER_WEEKDAY}){_BARE_DAY}{_BARE_STOP}", _day_of_month),
    pattern(rf"(?:on|for|on the|for the) (?<=the ){_BARE_DAY}{_BARE_STOP}", _day_of_month),
    pattern(
        rf"(?:on )?(?:the )?(?P<nth>{any_of(_NTH)}) (?P<weekday>{'|'.join(WEEKDAYS)}) (?:of|in) "
        rf"(?:{_MONTH}|(?P<near>this|next|last) month)",
        _nth_weekday,
    ),
    pattern(rf"(?:on )?(?:the )?last day of {_MONTH}", _last_day),
    pattern(rf"(?:in )?(?:the )?(?:{any_of(_NTH)}) (?:week|weekend) (?:of|in) {_MONTH}", _month),
    pattern(
        rf"{_WEEK_OF} (?:{_DAY}{_TH}?(?: of)? {_MONTH}|"
        rf"(?P<name>{_NAMES})(?: the)? (?P<number>\d{{1,2}}){_TH}?)",
        _week_of,
    ),
    pattern(rf"{_WEEK_OF} (?P<number>\d{{1,2}}){_TH}{_NO_RANK}", _week_of),
    pattern(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})", _numeric_date),
    pattern(rf"{_AFTER_IT}(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})(?: \.)?{_CLOCK_NEXT}", _numeric_date),
    pattern(
        rf"{_AFTER_CLOCK}on (?:the )?(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})(?: \.)?{_NO_LENGTH}",
        _numeric_date,
    ),
    pattern(rf"{_AFTER_IT}on (?:the )?{_DOTTED_DATE}(?: \.)?{_NO_LENGTH}", _numeric_date),
    pattern(rf"{_AFTER_IT}on (?:the )?(?P<first>\d{{1,2}})-(?P<second>\d{{1,2}}){_BARE_STOP}", _numeric_date),
    pattern(rf"{_AFTER_IT}{_DOTTED_DATE}(?: \.)?{_NO_LENGTH}", _date_or_clock),
    pattern(
        r"(?<!\d )(?P<first>\d{1,2})(?: [/.-])? (?P<second>\d{1,2})(?: [/.-])? (?P<year>20\d\d)",
        _numeric_date,
    ),
    pattern(r"(?P<year>202\d)(?P<second>0[1-9]|1[0-2])(?P<first>0[1-9]|[12]\d|3[01])", _compact_date),
    pattern(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}", _with_year),
    pattern(rf"{_ISO_TIME}(?: ?(?:z|[+-]\d{{2}}:?\d{{2}}))?", _timestamp),
    pattern(rf"{_ISO_TIME}(?P<zone> (?:{ZONES}))", _timestamp),
    pattern(
        rf"(?:on )?(?:the )?(?:(?P<name>{any_of(_FEASTS)})|{_DAY}{_TH}?(?: of)? {_MONTH}) (?:of )?next year",
        _next_year,
    ),
    pattern(
        rf"(?<!a )(?P<name>{any_of(_FEASTS)})(?:{_DAY_ITSELF}|(?! (?:{_NO_FEAST}|{_PARTY})(?!\S)))", _feast
    ),
    pattern(
        rf"(?:in|last|this|next|since|by|early|late|mid|end of|start of|beginning of) {_MONTH}(?! (?:the )?\d)",
        _month,
    ),
)
