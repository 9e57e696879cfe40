"""Patterns for dates: the 14th, 12/11, 12 november 2026, 2026-11-12T15:00, christmas eve, in march."""

from __future__ import annotations

import re

from knowledge.when.dates import NthWeekday, OnDate, Slashed, WeekOf
from knowledge.when.instants import Written
from knowledge.when.spans import Sometime
from knowledge.when.spots import Pattern, Spot, any_of, pattern
from knowledge.when.words import MONTHS, WEEKDAYS

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
"""A party on these is on that day: "nye party"; an "xmas party" may be on any."""
_NAMES = "|".join(MONTHS)
_MONTH = rf"(?P<month>{_NAMES})"
_MAY_I = r"(?!\d+ may (?:i|be|have|it|not|we|you|cause|need)(?!\S))"
_TELLING = "had|was|were|got|went|did|think|have|am|guess|believe|started|saw"
_MAY_WE = rf"(?!\d+(?:st|nd|rd|th) may (?:i|we) (?!(?:{_TELLING})(?!\S)))"
"""After "the 4th" a month if the person goes on to tell ("may i had it"), and a question if not ("may i swim")."""
_DAY = r"(?P<day>\d{1,3})"
_TH = "(?:st|nd|rd|th)"
_SHORT = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
_AFTER_WEEKDAY = "|".join(f"(?<={weekday} )" for weekday in (*WEEKDAYS, *_SHORT))
_BARE_DAY = r"(?P<day>[1-9]|[12]\d|3[01])"
_BARE_STOP = (
    r"(?= (?:[.,;!?)]|and|but|so|at|is|was|i|it|they|she|he|we|my|the|can|could|may|will|would|should|if|then|too|for|"
    r"ok|okay|please|pls|morning|afternoon|evening)(?!\S)|$)(?! (?:, )?\d+(?!\S))"
)
"""After a day of the month without an ending: "monday 16.", "on the 13?"."""
_NO_NUMBERED = (
    r"(?!(?<=session )[1-6] )(?!(?<=round )[1-6] )(?!(?<=treatment )[1-6] )(?<!number )"
    rf"(?!(?<=appointment )[1-6] (?:{'|'.join(MONTHS)}) \d)(?<!\bday )"
)
"""Not "session 2 feb 26" nor "day 4 may be"; "appointment 15 october" is a date, and so is "thursday 15 october"."""
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
    "last": 0,
}  # fmt: skip
_AFTER_IT = "(?:^|(?<=on )|(?<=it )|(?<=the )|(?<=done )|(?<=was )|(?<=is )|(?<=session )|(?<=treatment ))"
_CLOCK_NEXT = r"(?= (?:(?:at|um) )?\d{1,2}(?::\d{2}| (?:am|pm|h|oclock))(?!\S))"
"""What makes a date of 9.11, and no strength or length: "on 9.11. at 16:30"."""
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
"""After an ordinal that is a date: not "the 2nd session", nor "the 14th of" something that is no month we know."""


def _date(found: re.Match[str]) -> Spot:
    year = found["year"]
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return Spot(*found.span(), days=(OnDate(int(found["day"]), MONTHS.index(found["month"]) + 1, full),))


def _day_of_month(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), days=(OnDate(int(found["day"])),))


def _nth_weekday(found: re.Match[str]) -> Spot:
    number = WEEKDAYS.index(found["weekday"])
    if found["month"]:
        return Spot(
            *found.span(), days=(NthWeekday(_NTH[found["nth"]], number, MONTHS.index(found["month"]) + 1),)
        )
    months = {"last": -1, "this": 0, "next": 1}[found["near"]]
    return Spot(*found.span(), days=(NthWeekday(_NTH[found["nth"]], number, None, months),))


def _week_of(found: re.Match[str]) -> Spot:
    day = int(found["day"] or found["number"])
    month = MONTHS.index(found["month"] or found["name"]) + 1
    return Spot(*found.span(), days=(WeekOf(OnDate(day, month)),))


def _slashed(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), days=(Slashed(int(found["first"]), int(found["second"])),))


def _with_year(found: re.Match[str]) -> Spot:
    """The year first, else last, with two or four digits; what has neither is no date."""
    one, two, three = (part for part in re.split(r"\D", found.group()))
    if len(one) == 4:
        return Spot(*found.span(), days=(OnDate(int(three), int(two), int(one)),))
    if len(three) not in (2, 4) or len(one) > 2:
        return Spot(*found.span(), mute=True)
    year = int(three) + (2000 if len(three) == 2 else 0)
    return Spot(*found.span(), days=(Slashed(int(one), int(two), year),))


def _written(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), instant=Written(found.group()))


def _feast(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), days=(OnDate(*_FEASTS[found["name"]]),))


def _month(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), days=(Sometime(MONTHS.index(found["month"]) + 1),))


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
