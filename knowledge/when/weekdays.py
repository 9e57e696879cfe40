"""Days of the week as words name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.when.days import FARTHEST, Frame, Options, UnrealError
from knowledge.when.nearest import nearest

Which = Literal["", "last", "this", "next", "coming", "gone"]


@dataclass(frozen=True)
class OnWeekday:
    """A weekday, Monday being 0.

    - alone: the nearest on the side that is meant; on that very weekday today and the other are both open
    - last: the nearest before today; open if that was yesterday, or two days ago in the same week
    - next: the nearest after today if that is in the next week; in this week, or tomorrow, it is open
    - this: the one of this week; if it is over, the next one for something ahead
    - coming, gone: the nearest after and before today
    ``weeks`` are counted on top: "friday week", "a week last friday".
    """

    number: int
    which: Which = ""
    weeks: int = 0
    rank: int = 1

    def options(self, frame: Frame) -> Options:
        found = self._nearest(frame)
        return Options(tuple(day + timedelta(weeks=self.weeks) for day in found.days), found.reason)

    def admits(self, day: date, frame: Frame) -> bool:
        return day.weekday() == self.number

    def _nearest(self, frame: Frame) -> Options:
        today = frame.today
        ahead = today + timedelta(days=(self.number - today.weekday() - 1) % 7 + 1)
        behind = today - timedelta(days=(today.weekday() - self.number - 1) % 7 + 1)
        week = timedelta(weeks=1)
        if self.which == "coming":
            return Options((ahead,))
        if self.which == "gone":
            return Options((behind,))
        if self.which == "last":
            near = (today - behind).days
            return Options(
                (behind - week, behind) if near == 1 or (near == 2 and today.weekday() > 1) else (behind,)
            )
        if self.which == "next":
            soon = (ahead - today).days == 1 or ahead.weekday() > today.weekday()
            return Options((ahead, ahead + week) if soon else (ahead,))
        if self.which == "this":
            return self._this(frame)
        return nearest([day for day in (behind, today, ahead) if day.weekday() == self.number], frame)

    def _this(self, frame: Frame) -> Options:
        today = frame.today
        day = today + timedelta(days=self.number - today.weekday())
        week = timedelta(weeks=1)
        if day == today:
            return nearest([day - week, day, day + week], frame)
        if day > today:
            return Options((day,))
        if frame.lean is None:
            return Options((day, day + week), "past_or_future")
        return Options((day if frame.lean == "past" else day + week,))


@dataclass(frozen=True)
class CountedWeekday:
    """The second, third … such weekday before (-1) or after (1) today: "two fridays ago", "in three mondays".

    Whether yesterday's or tomorrow's counts is open, as for "last" and "next".
    """

    number: int
    low: int
    high: int
    way: Literal[-1, 1]
    rank: int = 4

    def options(self, frame: Frame) -> Options:
        away = (self.way * (self.number - frame.today.weekday()) - 1) % 7 + 1
        weeks = range(self.low - 1, self.high + (away == 1))
        return Options(tuple(sorted(self._day(frame.today, away + 7 * count) for count in weeks)))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days

    def _day(self, today: date, away: int) -> date:
        if away > FARTHEST:
            raise UnrealError("too_far")
        return today + timedelta(days=self.way * away)


@dataclass(frozen=True)
class WeekdayIn:
    """A weekday in so many weeks: the one of that week, or that many weeks after the coming one.

    On a Wednesday "monday in two weeks" is open, "friday in two weeks" is not.
    """

    number: int
    weeks: int
    rank: int = 4

    def options(self, frame: Frame) -> Options:
        if self.weeks * 7 > FARTHEST:
            raise UnrealError("too_far")
        later = frame.today + timedelta(weeks=self.weeks)
        of_the_week = later + timedelta(days=self.number - later.weekday())
        after_the_coming = later + timedelta(days=(self.number - later.weekday()) % 7)
        return Options(tuple(sorted({of_the_week, after_the_coming})))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days
