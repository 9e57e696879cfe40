"""Dates of the calendar as words name them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.when.days import FARTHEST, Day, Frame, Options, UnrealError, months_later
from knowledge.when.nearest import nearest

_LEAP_YEAR = 2000


@dataclass(frozen=True)
class OnDate:
    """The 14th, 12 November, 12 November 2026; without a year or month the nearest on the side that is meant."""

    day: int
    month: int | None = None
    year: int | None = None
    rank: int = 2

    def options(self, frame: Frame) -> Options:
        if self.year is not None:
            return Options((self._in_year(frame),))
        if not self._exists():
            raise UnrealError("impossible")
        reach = FARTHEST if self.month else 62
        days = [frame.today + timedelta(days=n) for n in range(-reach, reach + 1)]
        fitting = [day for day in days if self.admits(day, frame)]
        if not fitting:
            raise UnrealError("impossible")
        return nearest(fitting, frame)

    def admits(self, day: date, frame: Frame) -> bool:
        return day.day == self.day and self.month in (None, day.month) and self.year in (None, day.year)

    def _exists(self) -> bool:
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= monthrange(_LEAP_YEAR, self.month or 1)[1]

    def _in_year(self, frame: Frame) -> date:
        if not self._exists():
            raise UnrealError("impossible")
        year, month = self.year or 0, self.month or 1
        if abs(year - frame.today.year) > 1:
            raise UnrealError("too_far")
        try:
            day = date(year, month, self.day)
        except ValueError as error:
            raise UnrealError("impossible") from error
        if abs(day - frame.today).days > FARTHEST:
            raise UnrealError("too_far")
        return day


@dataclass(frozen=True)
class Slashed:
    """12/11 or 12/11/2026: the day first or the month first, whichever can be; open where both can."""

    first: int
    second: int
    year: int | None = None
    rank: int = 2

    def options(self, frame: Frame) -> Options:
        readings = self._readings()
        days: set[date] = set()
        troubles: list[UnrealError] = []
        reasons = []
        for reading in readings:
            try:
                found = reading.options(frame)
            except UnrealError as trouble:
                troubles.append(trouble)
                continue
            days |= set(found.days)
            reasons.append(found.reason)
        if not days:
            raise min(troubles, key=lambda trouble: trouble.reason != "too_far")
        return Options(tuple(sorted(days)), "day_or_month" if len(reasons) > 1 else reasons[0])

    def admits(self, day: date, frame: Frame) -> bool:
        return any(reading.admits(day, frame) for reading in self._readings())

    def _readings(self) -> set[OnDate]:
        return {OnDate(self.first, self.second, self.year), OnDate(self.second, self.first, self.year)}


@dataclass(frozen=True)
class NthWeekday:
    """The first, second … or last (0) of a weekday in a month; ``month`` None counts ``months`` from this one."""

    nth: int
    number: int
    month: int | None = None
    months: int = 0
    rank: int = 4

    def options(self, frame: Frame) -> Options:
        if self.month is None:
            firsts = [months_later(frame.today.replace(day=1), self.months)]
        else:
            firsts = [date(frame.today.year + n, self.month, 1) for n in (-1, 0, 1)]
        days = [day for first in firsts if (day := self._in_month(first)) is not None]
        near = [day for day in days if abs((day - frame.today).days) <= FARTHEST]
        if not any(frame.suits(day) for day in near):
            raise UnrealError("impossible")
        return nearest(near, frame)

    def admits(self, day: date, frame: Frame) -> bool:
        return day == self._in_month(day.replace(day=1))

    def _in_month(self, first: date) -> date | None:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        if self.nth == 0:
            return last - timedelta(days=(last.weekday() - self.number) % 7)
        day = first + timedelta(days=(self.number - first.weekday()) % 7 + 7 * (self.nth - 1))
        return day if day <= last else None


@dataclass(frozen=True)
class WeekOf:
    """Any day of the week, from Monday to Sunday, in which another day is."""

    base: Day
    rank: int = 3

    def options(self, frame: Frame) -> Options:
        mondays = {day - timedelta(days=day.weekday()) for day in self.base.options(frame).days}
        return Options(tuple(monday + timedelta(days=n) for monday in sorted(mondays) for n in range(7)))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days
