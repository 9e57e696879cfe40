"""Stretches of days of which one is meant: last week, the weekend, in June, a while ago."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from knowledge.when.days import FARTHEST, Frame, Options, months_later


@dataclass(frozen=True)
class Week:
    """The week from Monday to Sunday so many weeks from this one."""

    weeks: int
    rank: int = 3

    def options(self, frame: Frame) -> Options:
        monday = frame.today + timedelta(weeks=self.weeks, days=-frame.today.weekday())
        return Options(tuple(monday + timedelta(days=n) for n in range(7)))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Weekend:
    """Saturday and Sunday: the one going on or nearest, last, next, or this; ``weeks`` are counted on top."""

    which: Literal["", "last", "next", "coming"] = ""
    weeks: int = 0
    rank: int = 3

    def options(self, frame: Frame) -> Options:
        found = self._nearest(frame)
        return replace(found, days=tuple(day + timedelta(weeks=self.weeks) for day in found.days))

    def _nearest(self, frame: Frame) -> Options:
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
            return _pairs(saturday - week, saturday) if frame.lean == "past" else _pairs(saturday)
        if frame.lean is None:
            return Options(_pairs(saturday - week, saturday).days, "past_or_future")
        return _pairs(saturday - week if frame.lean == "past" else saturday)

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Month:
    """A month so many months from this one."""

    months: int
    rank: int = 3

    def options(self, frame: Frame) -> Options:
        first = months_later(frame.today.replace(day=1), self.months)
        following = months_later(first, 1)
        return Options(tuple(first + timedelta(days=n) for n in range((following - first).days)))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Sometime:
    """Something too vague to offer days for: last year, ages ago, in June (with the month's number)."""

    month: int | None = None
    rank: int = 3

    def options(self, frame: Frame) -> Options:
        days = (frame.today + timedelta(days=n) for n in range(-FARTHEST, FARTHEST + 1))
        return Options(tuple(day for day in days if self.admits(day, frame) and frame.suits(day)))

    def admits(self, day: date, frame: Frame) -> bool:
        return self.month in (None, day.month)


def _pairs(*saturdays: date) -> Options:
    return Options(tuple(saturday + timedelta(days=n) for saturday in saturdays for n in (0, 1)))
