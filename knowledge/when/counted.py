"""Days that are counted from today or another day: 3 days ago, in a fortnight, two weeks tomorrow, day 4."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from knowledge.when.days import FARTHEST, Day, Frame, Options, UnrealError, months_later, moved
from knowledge.when.found import Lean
from knowledge.when.quantities import Quantity

_DAYS = {"day": 1, "week": 7}
_MOST_CHOICES = 8


@dataclass(frozen=True)
class Counted:
    """An amount of days, weeks, months or years before (-1) or after (1) a day near today.

    ``way`` 0 is open: "two weeks tomorrow" lies ahead for an appointment, and behind in "it will be two weeks
    tomorrow". Months are counted by the calendar: a month before 31 March is the last of February.
    """

    amount: Quantity
    way: Literal[-1, 0, 1]
    start: int = 0
    """Days from today to count from: 1 for "two weeks tomorrow"."""
    rank: int = 4

    def options(self, frame: Frame) -> Options:
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

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days

    def week(self, frame: Frame) -> frozenset[date]:
        """For amounts in weeks, the days that "2 weeks ago on tuesday" may mean."""
        if self.amount.unit != "week":
            return frozenset()
        return frozenset(day for middle in self.options(frame).days for day in self._week_around(middle))

    def _week_around(self, middle: date) -> list[date]:
        monday = middle - timedelta(days=middle.weekday())
        starts = [monday, middle - timedelta(days=3)]
        if self.way == -1:  # "a week ago friday": the week before last friday
            starts.append(middle - timedelta(days=7))
        return [start + timedelta(days=n) for start in starts for n in range(7)]

    def _either_way(self, frame: Frame) -> Options:
        if frame.lean == "past":
            return replace(self, way=-1).options(frame)
        if frame.lean == "future":
            return replace(self, way=1).options(frame)
        both = replace(self, way=-1).options(frame).days + replace(self, way=1).options(frame).days
        return Options(tuple(sorted(both)), "past_or_future")

    def _is_odd_weeks(self) -> bool:
        """A week and a half, which nobody means to the day: one moment over the two days next to it."""
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
        """The day at that count, and its neighbours where the amount is rough."""
        days, odd = self._at(start, count)
        if self.amount.rough:
            step = 7 if self.amount.unit in ("month", "year") else 1
            return [moved(days, -step), days, moved(days, step)]
        return [days, moved(days, self.way)] if odd else [days]

    def _at(self, start: date, count: float) -> tuple[date, bool]:
        """The day at that count, and whether half a day is left over."""
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
    """An amount that reaches to another day than today: "on friday it will be two weeks since my session"."""

    amount: Quantity
    base: Day
    lean: Lean
    """The side of now on which that other day is, where the words tell."""
    way: Literal[-1, 1] = -1
    """Back from that day, or on from it: "on friday it is two weeks until my session"."""
    rank: int = 6

    def options(self, frame: Frame) -> Options:
        base = self.base.options(replace(frame, lean=self.lean))
        counted = Counted(self.amount, self.way)
        days = {day for end in base.days for day in counted.options(_on(end, frame)).days}
        return Options(tuple(sorted(days)))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


def _on(day: date, frame: Frame) -> Frame:
    """The frame as if it were noon of another day."""
    return replace(frame, now=datetime.combine(day, time(12), frame.now.tzinfo))
