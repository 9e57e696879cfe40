"""Amounts of time in words: half an hour, a day and a half, 2 or 3 days, about a week, 2 weeks and 3 days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from assistant.core.timex.day_terms import (
    FARTHEST,
    Day,
    Options,
    ReferenceFrame,
    UnrealError,
    months_later,
    moved,
)
from assistant.core.timex.types import Lean

_ROUGH = (
    "about|around|roughly|nearly|almost|maybe|perhaps|probably|circa|some|over|well over|under|just over|just under|"
    "just about|(?:just )?shy of|(?:just )?short of|coming up to|close to|"
    "at least|more than|more then|less than|less then|(?:a little|a bit) (?:over|more than)"
)
_FILLING = "like|only|exactly|just|literally|barely|um+|uh+|er|erm|hmm|a good|good|full|whole|i think"
_UNIT = "second|minute|hour|h|day|night|week|fortnight|month|year"
_WORD_AMOUNTS = {"couple": (2, 3), "few": (2, 5), "several": (3, 7), "dozen": (12, 12), "half dozen": (6, 6)}
_WORDS = "couple|few|several|half dozen|dozen"
_NUMBER = r"\d+(?:\.(?:0|5|25|75))?"
_AFTER_CLOCK = r"(?<=at \d )|(?<=past \d )|(?<=half \d )|(?<=past \d\d )|(?<=half \d\d )"
_NOT_AFTER_ONE = rf"(?:{_AFTER_CLOCK}|(?<!\s\d\s)(?<!\s\d\d\s))"  # two hundred days is not a hundred
_RANGE = "-|/| or | to | maybe "
_QUARTERS = "(?:an? |3 (?:- )?)?quarter"
_HALVES = "half(?: an?)?|an? half"
_FRACTIONS = {"half": 0.5, "1/2": 0.5, "quarter": 0.25, "1/4": 0.25, "3 quarter": 0.75, "3/4": 0.75}
_SLASHED = "1/2|1/4|3/4"
_FRACTION = "half|quarter|3 (?:- )?quarter|1/2|1/4|3/4"
_AND_FRACTION = rf"(?:and|&) (?:an? )?(?:{_FRACTION})(?: an?)?"
_A_BIT = "(?:and|&) (?:a bit|a little|change|some|something)"
_AND = "(?: ,)?(?: and| plus| [+&])?"

_ONE = (
    rf"(?:(?:{_ROUGH}|{_FILLING}) ){{0,3}}"
    rf"(?:(?:{_SLASHED})(?: of)? an?|{_NOT_AFTER_ONE}(?:- ?|minus )?{_NUMBER}(?:(?:{_RANGE})\d+)?|an?|another|"
    rf"{_HALVES}|(?:an? |the )?(?:{_WORDS})(?: of)?|(?:an? )?quarter of an|3(?: -)? quarter(?: of an)?)"
    rf"(?: {_AND_FRACTION})? (?:{_UNIT})(?!\S)"
    rf"(?: (?:and|&) (?:an? )?(?:{_FRACTION})(?! (?:an? |of an? )?(?:{_UNIT})(?!\S)))?"
    rf"(?: or so| ish| or \d+| {_A_BIT})?(?: , maybe \d+| maybe \d+)?"
)
QUANTITY = rf"(?:(?<!for )(?<!every ){_ONE}(?:{_AND} {_ONE}){{1,3}}|{_ONE})"
"""Pattern for an amount in normalized text, without groups.

Examples: 3 days, a week and a half, 2 weeks and 3 days.
"""
SUM = rf"{_ONE}(?:{_AND} {_ONE}){{1,3}}"
"""Pattern for an amount in several units, also after "for".

To be used where another word shows that it is not a duration.
"""
LAPSE = r"(?:\d{1,2}:\d{2} (?:h|hour)|(?:\d{1,2}|an) (?:h|hour)(?: and)? \d{2})"
"""Pattern for hours and minutes: 1h30, 1 hour 30.

To be used where another word shows that it is not a time of day.
"""

_PARTS = re.compile(
    rf"(?P<negative>- ?|minus )?(?:(?P<slashed>{_SLASHED})(?: of)? an?|"
    rf"(?P<number>{_NUMBER})(?:(?:{_RANGE})(?P<upto>\d+))?|"
    rf"(?:an? |the )?(?P<word>{_WORDS})(?: of)?|(?P<quarters>{_QUARTERS})(?: of an)?|(?P<half>{_HALVES})|an?|another|)"
    rf"(?: (?:and|&) (?:an? )?(?P<and_part>{_FRACTION})(?: an?)?)?(?: |^|(?<= ))(?P<unit>{_UNIT})"
    rf"(?: (?:and|&) (?:an? )?(?P<more>{_FRACTION}))?"
    rf"(?: or so| ish| or (?P<or>\d+)| {_A_BIT})?(?: ,? ?maybe (?P<maybe>\d+))?$"
)
_EACH = re.compile(rf"(?<!\S){_ONE}(?!\S)")
_LAPSE = re.compile(r"(?P<hours>\d+|an)(?::| (?:h|hour)(?: and)? )(?P<minutes>\d\d)(?: (?:h|hour))?")
_START = re.compile(rf"(?:(?:{_ROUGH}|{_FILLING}) )+(?=\S)")
_ANY_ROUGH = re.compile(rf"(?<!\S)(?:{_ROUGH})(?!\S)| or so| ish| {_A_BIT}")
_FAR = 10**9
_IN_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1, "day": 24, "week": 168}
_SIZES = {**_IN_HOURS, "month": 720, "year": 8760}


@dataclass(frozen=True)
class Quantity:
    """An amount from ``low`` to ``high`` units (second, minute, hour, day, week, month or year)."""

    low: float
    high: float
    unit: str
    rough: bool = False
    """Qualified by "about" or the like: near the true amount, not exact."""
    negative: bool = False
    night: bool = False
    """Counted in nights."""
    days: int = 0
    """Days in addition to months: "a month and a week"."""
    unclear: bool = False
    """Its parts do not add up to one amount: "3 days and 2 days", "a month and 2 hours"."""

    @property
    def whole(self) -> bool:
        """True if both bounds are whole numbers of the unit."""
        return self.low == int(self.low) and self.high == int(self.high)


def quantity(text: str) -> Quantity:
    """Parse a match of ``QUANTITY`` or ``LAPSE``.

    Raises:
        ValueError: the text is no such match.
    """
    lapse = _LAPSE.fullmatch(text)
    if lapse is not None:
        hours = int(lapse["hours"].replace("an", "1")) + int(lapse["minutes"]) / 60
        return Quantity(hours, hours, "hour")
    parts = [_one(found.group()) for found in _EACH.finditer(text)]
    return _sum(parts) if len(parts) > 1 else _one(text)


def _sum(parts: list[Quantity]) -> Quantity:
    """Add up amounts in descending units."""
    sizes = [_SIZES[part.unit] for part in parts]
    ordered = all(one > other for one, other in pairwise(sizes))
    units = {part.unit for part in parts}
    if not ordered or any(part.negative or part.night for part in parts[1:]):
        return replace(parts[0], unclear=True)
    if units <= set(_IN_HOURS):
        return _in_one_unit(parts, "day" if units == {"week", "day"} else "hour", _IN_HOURS)
    if units == {"year", "month"}:
        return _in_one_unit(parts, "month", {"year": 12, "month": 1})
    return _with_days(parts)


def _in_one_unit(parts: list[Quantity], unit: str, sizes: Mapping[str, float]) -> Quantity:
    low, high = (
        sum(getattr(part, end) * sizes[part.unit] for part in parts) / sizes[unit] for end in ("low", "high")
    )
    rough = low == high and any(part.rough for part in parts)
    return Quantity(min(low, _FAR), min(high, _FAR), unit, rough, parts[0].negative)


def _with_days(parts: list[Quantity]) -> Quantity:
    """Combine months with days, which have no unit in common."""
    sizes = {"week": 7, "day": 1}
    first, rest = parts[0], parts[1:]
    counted = all(part.unit in sizes and part.whole and part.low == part.high for part in rest)
    if not counted or first.unit != "month":
        return replace(first, unclear=True)
    return replace(first, days=int(min(sum(part.low * sizes[part.unit] for part in rest), _FAR)))


def _one(text: str) -> Quantity:
    start = _START.match(text)
    found = _PARTS.match(text, start.end() if start else 0) or _PARTS.search(text)
    if found is None:
        raise ValueError(f"{text!r} is no amount of time")
    low, high = _bounds(found)
    if (
        found["number"]
        and "/" in found.group().split(" and ")[0]
        and found["unit"] in ("second", "minute", "hour", "h")
    ):
        low = high = low / max(high, 1)  # 1/2 hour is a fraction, 2/3 days are a range
    extra = sum(_FRACTIONS[part.replace("- ", "")] for part in (found["and_part"], found["more"]) if part)
    low, high = low + extra, high + extra
    unit, times = {"fortnight": ("week", 2), "night": ("day", 1), "h": ("hour", 1)}.get(
        found["unit"], (found["unit"], 1)
    )
    return Quantity(
        low=min(low * times, _FAR),
        high=min(max(low, high) * times, _FAR),
        unit=unit,
        rough=low == high and bool(_ANY_ROUGH.search(text)),
        negative=found["negative"] is not None,
        night=found["unit"] == "night",
    )


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    if found["word"]:
        return _WORD_AMOUNTS[found["word"]]
    if found["slashed"]:
        return _FRACTIONS[found["slashed"]], _FRACTIONS[found["slashed"]]
    if found["quarters"]:
        return (0.75, 0.75) if found["quarters"].startswith("3") else (0.25, 0.25)
    if found["half"]:
        return 0.5, 0.5
    low = float(found["number"] or 1)
    other = found["upto"] or found["or"] or found["maybe"]
    return (min(low, float(other)), max(low, float(other))) if other else (low, low)


_DAYS = {"day": 1, "week": 7}
_MOST_CHOICES = 8


@dataclass(frozen=True)
class Counted:
    """An amount of days, weeks, months or years before (-1) or after (1) a day near today.

    ``way`` 0 is ambiguous: "two weeks tomorrow" is ahead for an appointment, and in the past in "it will be two weeks
    tomorrow". Months are calendar months: a month before 31 March is the last day of February.
    """

    amount: Quantity
    way: Literal[-1, 0, 1]
    start: int = 0
    """Offset of the starting day from today: 1 for "two weeks tomorrow"."""
    rank: int = 4

    def options(self, frame: ReferenceFrame) -> Options:
        if self.way == 0:
            return self._either_way(frame)
        if self.amount.negative:
            raise UnrealError("negative")
        start = moved(frame.today, self.start)
        if self._is_odd_weeks():
            return Options(tuple(self._around(start, self.amount.low)), spanned=True)
        days = sorted({day for count in self._counts() for day in self._around(start, count)})
        if abs(days[0] - frame.today).days > FARTHEST or abs(days[-1] - frame.today).days > FARTHEST:
            raise UnrealError("too_far")
        return Options(tuple(days))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days

    def week(self, frame: ReferenceFrame) -> frozenset[date]:
        """Return the days that "2 weeks ago on tuesday" may mean; empty unless the amount is in weeks."""
        if self.amount.unit != "week":
            return frozenset()
        return frozenset(day for middle in self.options(frame).days for day in self._week_around(middle))

    def _week_around(self, middle: date) -> list[date]:
        monday = middle - timedelta(days=middle.weekday())
        starts = [monday, middle - timedelta(days=3)]
        if self.way == -1:  # "a week ago friday": the week before last friday
            starts.append(middle - timedelta(days=7))
        return [start + timedelta(days=n) for start in starts for n in range(7)]

    def _either_way(self, frame: ReferenceFrame) -> Options:
        if frame.lean == "past":
            return replace(self, way=-1).options(frame)
        if frame.lean == "future":
            return replace(self, way=1).options(frame)
        both = replace(self, way=-1).options(frame).days + replace(self, way=1).options(frame).days
        return Options(tuple(sorted(both)), "past_or_future")

    def _is_odd_weeks(self) -> bool:
        """Return True for a fractional number of weeks.

        Nobody means "a week and a half" to the day: it is one moment that spans the two adjacent days.
        """
        amount = self.amount
        return amount.unit == "week" and amount.low == amount.high < 53 and not (amount.rough or amount.whole)

    def _counts(self) -> list[float]:
        low, high = self.amount.low, self.amount.high
        most = FARTHEST if self.amount.unit == "day" else 53
        if low > most or high > most:
            raise UnrealError("too_far")
        if high - low >= _MOST_CHOICES:
            return [low, high]
        return [low + step for step in range(int(high - low) + 1)]

    def _around(self, start: date, count: float) -> list[date]:
        """Return the day at that count, and its neighbours if the amount is rough."""
        days, odd = self._at(start, count)
        if self.amount.rough:
            step = 7 if self.amount.unit in ("month", "year") else 1
            return [moved(days, -step), days, moved(days, step)]
        return [days, moved(days, self.way)] if odd else [days]

    def _at(self, start: date, count: float) -> tuple[date, bool]:
        """Return the day at that count, and whether half a day is left over."""
        if self.amount.unit in _DAYS:
            days = count * _DAYS[self.amount.unit]
            return moved(start, self.way * int(days)), days != int(days)
        months = count * (12 if self.amount.unit == "year" else 1)
        if months > 13:
            raise UnrealError("too_far")
        day = months_later(start, self.way * int(months))
        days = self.amount.days + round((months - int(months)) * 30)
        return moved(day, self.way * days), months != int(months)


@dataclass(frozen=True)
class CountedTo:
    """An amount that ends at a day other than today: "on friday it will be two weeks since my session"."""

    amount: Quantity
    base: Day
    lean: Lean
    """Direction of that day relative to now, if the words state it."""
    way: Literal[-1, 1] = -1
    """Counted back from that day, or on from it: "on friday it is two weeks until my session"."""
    rank: int = 6

    def options(self, frame: ReferenceFrame) -> Options:
        base = self.base.options(replace(frame, lean=self.lean))
        counted = Counted(self.amount, self.way)
        days = {day for end in base.days for day in counted.options(_on(end, frame)).days}
        return Options(tuple(sorted(days)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


def _on(day: date, frame: ReferenceFrame) -> ReferenceFrame:
    """Return the reference frame for noon of another day."""
    return replace(frame, now=datetime.combine(day, time(12), frame.now.tzinfo))
