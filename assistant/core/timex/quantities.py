"""Amounts of time, the days and moments counted by them, and timestamps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Literal, Protocol

from assistant.core.timex.types import (
    FARTHEST,
    Day,
    Direction,
    Interval,
    InvalidDateError,
    Options,
    ReferenceFrame,
    later,
    months_later,
    moved,
    on_the_clock,
)

LARGEST = 10**9
_IN_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1, "day": 24, "week": 168}
_SIZES = {**_IN_HOURS, "month": 720, "year": 8760}
DAYS_OF = {"day": 1, "week": 7}
_MOST_CHOICES = 8
_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440}
_HALF_A_DAY = timedelta(hours=6)
_ROUNDING = 1e-6  # minutes: in floating point 1 h 20 min are 79.99… minutes
_GUESSABLE = timedelta(hours=1)
_WRITTEN = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[t\s](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s?(z|[+-]\d{2}:?\d{2})?$"
)


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


def sum_of(parts: list[Quantity]) -> Quantity:
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
    return Quantity(min(low, LARGEST), min(high, LARGEST), unit, rough, parts[0].negative)


def _with_days(parts: list[Quantity]) -> Quantity:
    """Combine months with days, which have no unit in common."""
    sizes = {"week": 7, "day": 1}
    first, rest = parts[0], parts[1:]
    counted = all(part.unit in sizes and part.whole and part.low == part.high for part in rest)
    if not counted or first.unit != "month":
        return replace(first, unclear=True)
    return replace(first, days=int(min(sum(part.low * sizes[part.unit] for part in rest), LARGEST)))


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
            raise InvalidDateError("negative")
        start = moved(frame.today, self.start)
        if self._is_odd_weeks():
            return Options(tuple(self._around(start, self.amount.low)), spanned=True)
        days = sorted({day for count in self._counts() for day in self._around(start, count)})
        if abs(days[0] - frame.today).days > FARTHEST or abs(days[-1] - frame.today).days > FARTHEST:
            raise InvalidDateError("too_far")
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
        if frame.direction == "past":
            return replace(self, way=-1).options(frame)
        if frame.direction == "future":
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
            raise InvalidDateError("too_far")
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
        if self.amount.unit in DAYS_OF:
            days = count * DAYS_OF[self.amount.unit]
            return moved(start, self.way * int(days)), days != int(days)
        months = count * (12 if self.amount.unit == "year" else 1)
        if months > 13:
            raise InvalidDateError("too_far")
        day = months_later(start, self.way * int(months))
        days = self.amount.days + round((months - int(months)) * 30)
        return moved(day, self.way * days), months != int(months)


@dataclass(frozen=True)
class CountedTo:
    """An amount that ends at a day other than today: "on friday it will be two weeks since my session"."""

    amount: Quantity
    base: Day
    direction: Direction
    """Direction of that day relative to now, if the words state it."""
    way: Literal[-1, 1] = -1
    """Counted back from that day, or on from it: "on friday it is two weeks until my session"."""
    rank: int = 6

    def options(self, frame: ReferenceFrame) -> Options:
        base = self.base.options(replace(frame, direction=self.direction))
        counted = Counted(self.amount, self.way)
        days = {day for end in base.days for day in counted.options(_on(end, frame)).days}
        return Options(tuple(sorted(days)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


def _on(day: date, frame: ReferenceFrame) -> ReferenceFrame:
    """Return the reference frame for noon of another day."""
    return replace(frame, now=datetime.combine(day, time(12), frame.now.tzinfo))


class Instant(Protocol):
    """A moment that needs no day: counted from now, or a full timestamp."""

    def intervals(self, frame: ReferenceFrame) -> list[Interval]:
        """Return the moment, or several if it is ambiguous by more than an hour.

        Raises:
            UnrealError: there is no such moment, or it is too far away.
        """


@dataclass(frozen=True)
class Elapsed:
    """An amount of time before (-1) or after (1) now: half an hour ago, in 20 minutes.

    It is counted in elapsed time, regardless of clock changes.
    """

    amount: Quantity
    way: Literal[-1, 1]

    def intervals(self, frame: ReferenceFrame) -> list[Interval]:
        """Return the moment, or several if the amount is vaguer than the hour ("a few hours ago")."""
        if self.amount.negative:
            raise InvalidDateError("negative")
        now = frame.now.replace(second=0, microsecond=0)
        ends = [self._after(now, count) for count in (self.amount.low, self.amount.high)]
        if self.amount.unit == "day":
            return [Interval(at, at - _HALF_A_DAY, min(at + _HALF_A_DAY, now) if self.way < 0 else at + _HALF_A_DAY,
                            "part_of_day") for at in dict.fromkeys(ends)]  # fmt: skip
        if self.amount.unit == "hour" and self.amount.low == 2 and self.amount.high == 3:
            return [Interval(ends[0], min(ends), max(ends))]  # a couple of hours
        if abs(ends[0] - ends[1]) > _GUESSABLE:
            return [_exactly(self._after(now, count)) for count in self._counts()]
        return [self._rough(ends[0], now) if self.amount.rough else Interval(ends[0], min(ends), max(ends))]

    def _counts(self) -> list[float]:
        low, high = self.amount.low, self.amount.high
        if high - low > 12:
            return [low, high]
        return [low + step for step in range(int(high - low) + 1)]

    def _rough(self, at: datetime, now: datetime) -> Interval:
        slack = min(_GUESSABLE, abs(at - now) / 2)
        slack = timedelta(minutes=slack.seconds // 60)
        return Interval(at, at - slack, at + slack)

    def _after(self, now: datetime, count: float) -> datetime:
        minutes = count * _MINUTES[self.amount.unit]
        if minutes > FARTHEST * 1440:
            raise InvalidDateError("too_far")
        return later(now, timedelta(minutes=int(minutes + _ROUNDING) * self.way))


@dataclass(frozen=True)
class Timestamp:
    """A timestamp such as 2026-11-12T15:00, with an offset or else in the person's zone."""

    text: str

    def intervals(self, frame: ReferenceFrame) -> list[Interval]:
        parts = _WRITTEN.match(self.text)
        if parts is None:
            raise InvalidDateError("impossible")
        year, month, day, hour, minute = (int(parts[n]) for n in range(1, 6))
        if abs(year - frame.today.year) > 2:
            raise InvalidDateError("too_far")
        try:
            written = datetime(year, month, day, hour, minute)
            return [_exactly(self._placed(written, parts[6], frame))]
        except (ValueError, OverflowError) as error:
            raise InvalidDateError("impossible") from error

    @staticmethod
    def _placed(written: datetime, offset: str | None, frame: ReferenceFrame) -> datetime:
        zone = frame.now.tzinfo
        assert zone is not None
        if not offset:
            return on_the_clock(
                written, zone, "past" if written < frame.now.replace(tzinfo=None) else "future"
            )
        shift = timedelta() if offset == "z" else timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        return written.replace(tzinfo=timezone(-shift if offset[0] == "-" else shift)).astimezone(zone)


def _exactly(at: datetime) -> Interval:
    return Interval(at, at, at)
