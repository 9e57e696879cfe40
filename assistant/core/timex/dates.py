"""Calendar dates, weeks, weekends and months as people name them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.core.timex.day_terms import nearest
from assistant.core.timex.types import FARTHEST, Day, InvalidDateError, Options, ReferenceFrame, months_later

_LEAP_YEAR = 2000


@dataclass(frozen=True)
class OnDate:
    """The 14th, 12 November or 12 November 2026.

    Without a year or month, it is the nearest such date in the intended direction.
    """

    day: int
    month: int | None = None
    year: int | None = None
    rank: int = 2

    def options(self, frame: ReferenceFrame) -> Options:
        if self.year is not None:
            return Options((self._in_year(frame),))
        if not self._exists():
            raise InvalidDateError("impossible")
        reach = FARTHEST if self.month else 62
        days = [frame.today + timedelta(days=n) for n in range(-reach, reach + 1)]
        fitting = [day for day in days if self.admits(day, frame)]
        if not fitting:
            raise InvalidDateError("impossible")
        return nearest(fitting, frame)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day.day == self.day and self.month in (None, day.month) and self.year in (None, day.year)

    def _exists(self) -> bool:
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= monthrange(_LEAP_YEAR, self.month or 1)[1]

    def _in_year(self, frame: ReferenceFrame) -> date:
        if not self._exists():
            raise InvalidDateError("impossible")
        year, month = self.year or 0, self.month or 1
        if abs(year - frame.today.year) > 1:
            raise InvalidDateError("too_far")
        try:
            day = date(year, month, self.day)
        except ValueError as error:
            raise InvalidDateError("impossible") from error
        if abs(day - frame.today).days > FARTHEST:
            raise InvalidDateError("too_far")
        return day


@dataclass(frozen=True)
class InNextYear:
    """A date of the next calendar year: "christmas next year"."""

    named: OnDate
    rank: int = 2

    def options(self, frame: ReferenceFrame) -> Options:
        return self._there(frame).options(frame)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return self._there(frame).admits(day, frame)

    def _there(self, frame: ReferenceFrame) -> OnDate:
        return replace(self.named, year=frame.today.year + 1)


@dataclass(frozen=True)
class NumericDate:
    """A numeric date, 12/11 or 12/11/2026; ambiguous if both day-first and month-first are valid."""

    first: int
    second: int
    year: int | None = None
    rank: int = 2

    def options(self, frame: ReferenceFrame) -> Options:
        readings = self._readings()
        days: set[date] = set()
        errors: list[InvalidDateError] = []
        reasons = []
        for reading in readings:
            try:
                found = reading.options(frame)
            except InvalidDateError as error:
                errors.append(error)
                continue
            days |= set(found.days)
            reasons.append(found.reason)
        if not days:
            raise min(errors, key=lambda error: error.reason != "too_far")
        return Options(tuple(sorted(days)), "day_or_month" if len(reasons) > 1 else reasons[0])

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return any(reading.admits(day, frame) for reading in self._readings())

    def _readings(self) -> set[OnDate]:
        return {OnDate(self.first, self.second, self.year), OnDate(self.second, self.first, self.year)}


@dataclass(frozen=True)
class NthWeekday:
    """The first, second … or last (``nth`` 0) of a weekday in a month.

    Without a ``month``, ``months`` is the offset from the current one.
    """

    nth: int
    number: int
    month: int | None = None
    months: int = 0
    rank: int = 4

    def options(self, frame: ReferenceFrame) -> Options:
        if self.month is None:
            firsts = [months_later(frame.today.replace(day=1), self.months)]
        else:
            firsts = [date(frame.today.year + n, self.month, 1) for n in (-1, 0, 1)]
        days = [day for first in firsts if (day := self._in_month(first)) is not None]
        near = [day for day in days if abs((day - frame.today).days) <= FARTHEST]
        if not any(frame.suits(day) for day in near):
            raise InvalidDateError("impossible")
        return nearest(near, frame)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day == self._in_month(day.replace(day=1))

    def _in_month(self, first: date) -> date | None:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        if self.nth == 0:
            return last - timedelta(days=(last.weekday() - self.number) % 7)
        day = first + timedelta(days=(self.number - first.weekday()) % 7 + 7 * (self.nth - 1))
        return day if day <= last else None


@dataclass(frozen=True)
class WeekOf:
    """Any day of the week, Monday to Sunday, that contains another day."""

    base: Day
    rank: int = 3

    def options(self, frame: ReferenceFrame) -> Options:
        mondays = {day - timedelta(days=day.weekday()) for day in self.base.options(frame).days}
        return Options(tuple(monday + timedelta(days=n) for monday in sorted(mondays) for n in range(7)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Week:
    """The week, Monday to Sunday, at an offset of ``weeks`` from the current one."""

    weeks: int
    rank: int = 3

    def options(self, frame: ReferenceFrame) -> Options:
        monday = frame.today + timedelta(weeks=self.weeks, days=-frame.today.weekday())
        return Options(tuple(monday + timedelta(days=n) for n in range(7)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Weekend:
    """Saturday and Sunday: the current or nearest, last, next or coming ones, shifted by ``weeks``."""

    which: Literal["", "last", "next", "coming"] = ""
    weeks: int = 0
    rank: int = 3

    def options(self, frame: ReferenceFrame) -> Options:
        found = self._nearest(frame)
        return replace(found, days=tuple(day + timedelta(weeks=self.weeks) for day in found.days))

    def _nearest(self, frame: ReferenceFrame) -> Options:
        today = frame.today
        saturday = today + timedelta(days=5 - today.weekday())
        week = timedelta(weeks=1)
        if self.which == "last":
            return _pairs(saturday - week)
        if self.which == "coming":
            return _pairs(saturday + week if today.weekday() > 4 else saturday)
        if self.which == "next":
            return _pairs(saturday + week) if today.weekday() > 4 else _pairs(saturday, saturday + week)
        if today.weekday() > 4:
            return _pairs(saturday - week, saturday) if frame.direction == "past" else _pairs(saturday)
        if frame.direction is None:
            return Options(_pairs(saturday - week, saturday).days, "past_or_future")
        return _pairs(saturday - week if frame.direction == "past" else saturday)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Month:
    """The month at an offset of ``months`` from the current one."""

    months: int
    rank: int = 3

    def options(self, frame: ReferenceFrame) -> Options:
        first = months_later(frame.today.replace(day=1), self.months)
        following = months_later(first, 1)
        return Options(tuple(first + timedelta(days=n) for n in range((following - first).days)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Sometime:
    """A time too vague to offer its days as choices: last year, ages ago, in June (with the month's number)."""

    month: int | None = None
    rank: int = 3

    def options(self, frame: ReferenceFrame) -> Options:
        days = (frame.today + timedelta(days=n) for n in range(-FARTHEST, FARTHEST + 1))
        return Options(tuple(day for day in days if self.admits(day, frame) and frame.suits(day)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return self.month in (None, day.month)


def _pairs(*saturdays: date) -> Options:
    return Options(tuple(saturday + timedelta(days=n) for saturday in saturdays for n in (0, 1)))
