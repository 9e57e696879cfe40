"""Days as people name them, and the dates that they can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.core.timex.types import (
    FARTHEST,
    AmbiguousReason,
    Day,
    InvalidDateError,
    Options,
    ReferenceFrame,
    moved,
)

SMALL_HOURS = 4
"""Hour before which somebody who is still awake may call the previous evening "today"."""


@dataclass(frozen=True)
class Shifted:
    """A number of days from today: yesterday, tomorrow, tonight."""

    days: int
    night: bool = False
    """Last night: just after midnight either the current night or the previous one."""
    rank: int = 5

    def options(self, frame: ReferenceFrame) -> Options:
        day = frame.today + timedelta(days=self.days)
        unslept = frame.now.hour < SMALL_HOURS and (
            self.night or (self.days == 0 and frame.direction == "past")
        )
        return Options((day - timedelta(days=1), day) if unslept else (day,))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Anchored:
    """A number of days from another day: the day before friday, 3 days after the 14th."""

    days: int
    base: Day
    rank: int = 5

    def options(self, frame: ReferenceFrame) -> Options:
        base = self.base.options(frame)
        days = {moved(day, self.days) for day in base.days} | self._on_side(frame)
        return Options(tuple(sorted(days)), base.reason)

    def _on_side(self, frame: ReferenceFrame) -> set[date]:
        """Return past days that are counted back from a future day: "10 days before friday i had it"."""
        if frame.direction != "past" or self.days > 0:
            return set()
        bases = self.base.options(replace(frame, direction="future")).days
        return {day for base in bases if frame.suits(day := moved(base, self.days))}

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class FromKnown:
    """A number of days from the known day: "it was the day before"."""

    days: int
    rank: int = 5

    def options(self, frame: ReferenceFrame) -> Options:
        return Options((moved(frame.known, self.days),) if frame.known else ())

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


_SOON = 65
_ANOTHER_SEASON = 183
_ANOTHER_YEAR = 300
_CONFUSABLE = 40


def nearest(days: Iterable[date], frame: ReferenceFrame) -> Options:
    """Return the nearest date in the intended direction.

    The result is ambiguous in three cases: no direction is known and both are about as near; today is one of the
    dates and so is the one before or after; or the intended date is most of a year away and the other one is near
    ("had it 12 december", said in November).
    """
    today = frame.today
    behind = max((day for day in days if day < today), default=None)
    ahead = min((day for day in days if day > today), default=None)
    if today in days:
        return _around_today(behind, ahead, frame)
    wanted, other = (ahead, behind) if frame.direction == "future" else (behind, ahead)
    if wanted is None or other is None:
        return Options(tuple(day for day in (behind, ahead) if day))
    near, far = abs(wanted - today).days, abs(other - today).days
    both = Options(tuple(sorted((wanted, other))), "past_or_future")
    if frame.direction:
        return both if near > _ANOTHER_YEAR and far <= _SOON else Options((wanted,))
    if min(near, far) <= _SOON and max(near, far) > _ANOTHER_SEASON:
        return Options((wanted if near < far else other,))
    return both


def only_likely(days: Iterable[date], today: date) -> tuple[date, ...]:
    """Return the dates in order, or the only near one if all others are in another season: 12/10, said in December."""
    away = {day: abs(day - today).days for day in days}
    near = tuple(day for day, distance in away.items() if distance <= _SOON)
    is_clear = len(near) == 1 and all(away[day] > _ANOTHER_SEASON for day in away if day not in near)
    return near if is_clear else tuple(sorted(away))


def neighbour(anchor: date, number: int, way: Literal[-1, 1]) -> date | None:
    """Return the nearest day with a number in its month, before (-1) or after (1) another day."""
    days = (anchor + timedelta(days=n * way) for n in range(1, 32))
    return next((day for day in days if day.day == number), None)


def _around_today(behind: date | None, ahead: date | None, frame: ReferenceFrame) -> Options:
    others = {"past": [behind], "future": [ahead]}.get(frame.direction or "", [behind, ahead])
    confusable = [day for day in others if day and abs(day - frame.today).days <= _CONFUSABLE]
    return Options(tuple(sorted([*confusable, frame.today])))


Which = Literal["", "last", "this", "next", "coming", "gone"]


@dataclass(frozen=True)
class OnWeekday:
    """A weekday; Monday is 0.

    - alone: the nearest in the intended direction; on that very weekday both today and the other one are candidates
    - last: the nearest before today; ambiguous if that was yesterday, or two days ago in the same week
    - next: the nearest after today if it is in the next week; ambiguous if it is in this week or tomorrow
    - this: the one in this week; once it is over, the next one for something in the future
    - coming, gone: the nearest after and before today

    ``weeks`` are added on top: "friday week", "a week last friday".
    """

    number: int
    which: Which = ""
    weeks: int = 0
    rank: int = 1

    def options(self, frame: ReferenceFrame) -> Options:
        found = self._nearest(frame)
        return Options(tuple(day + timedelta(weeks=self.weeks) for day in found.days), found.reason)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day.weekday() == self.number

    def _nearest(self, frame: ReferenceFrame) -> Options:
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

    def _this(self, frame: ReferenceFrame) -> Options:
        today = frame.today
        day = today + timedelta(days=self.number - today.weekday())
        week = timedelta(weeks=1)
        if day == today:
            return nearest([day - week, day, day + week], frame)
        if day > today:
            return Options((day,))
        if frame.direction is None:
            return Options((day, day + week), "past_or_future")
        return Options((day if frame.direction == "past" else day + week,))


@dataclass(frozen=True)
class CountedWeekday:
    """The second, third … such weekday before (-1) or after (1) today: "two fridays ago", "in three mondays".

    As with "last" and "next", it is ambiguous whether yesterday's or tomorrow's counts.
    """

    number: int
    low: int
    high: int
    way: Literal[-1, 1]
    rank: int = 4

    def options(self, frame: ReferenceFrame) -> Options:
        away = (self.way * (self.number - frame.today.weekday()) - 1) % 7 + 1
        weeks = range(self.low - 1, self.high + (away == 1))
        return Options(tuple(sorted(self._day(frame.today, away + 7 * count) for count in weeks)))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days

    def _day(self, today: date, away: int) -> date:
        if away > FARTHEST:
            raise InvalidDateError("too_far")
        return today + timedelta(days=self.way * away)


@dataclass(frozen=True)
class WeekdayIn:
    """A weekday in a number of weeks: the one in that week, or that many weeks after the coming one.

    On a Wednesday "monday in two weeks" is ambiguous, "friday in two weeks" is not.
    """

    number: int
    weeks: int
    rank: int = 4

    def options(self, frame: ReferenceFrame) -> Options:
        if self.weeks * 7 > FARTHEST:
            raise InvalidDateError("too_far")
        later = frame.today + timedelta(weeks=self.weeks)
        of_the_week = later + timedelta(days=self.number - later.weekday())
        after_the_coming = later + timedelta(days=(self.number - later.weekday()) % 7)
        return Options(tuple(sorted({of_the_week, after_the_coming})))

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Either:
    """One of two days, ambiguous for the given reason."""

    one: Day
    other: Day
    reason: AmbiguousReason = "which_day"
    rank: int = 5

    def options(self, frame: ReferenceFrame) -> Options:
        days = {*self.one.options(frame).days, *self.other.options(frame).days}
        return Options(tuple(sorted(days)), self.reason)

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        return self.one.admits(day, frame) or self.other.admits(day, frame)
