"""Days as words name them, and the dates that they can be."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from knowledge.when.found import AmbiguousReason, Lean, RefusedReason

FARTHEST = 366
"""How many days from today a date may be: a year, leap day included."""
SMALL_HOURS = 4
"""Until this hour somebody who has not been to bed may still call the evening before "today"."""


class UnrealError(ValueError):
    """A date or time that cannot be, or that is too far away."""

    def __init__(self, reason: RefusedReason) -> None:
        super().__init__(reason)
        self.reason: RefusedReason = reason


@dataclass(frozen=True)
class Frame:
    """What words are read against: now in the person's zone, the side of it that is meant, the day known so far."""

    now: datetime
    lean: Lean = None
    known: date | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def suits(self, day: date) -> bool:
        """Whether a day is on the side that is meant; today is on both."""
        return self.lean is None or day == self.today or (day < self.today) == (self.lean == "past")


@dataclass(frozen=True)
class Options:
    """The dates that are meant, in order, and what is open if they are several."""

    days: tuple[date, ...]
    reason: AmbiguousReason = "which_day"
    spanned: bool = False
    """Whether the days are the bounds of one moment instead of several that are open; the first is the likely one."""


class Day(Protocol):
    """A day as words name it."""

    @property
    def rank(self) -> int:
        """How much it says: of two names for one day, the higher gives the dates and the other sieves them."""

    def options(self, frame: Frame) -> Options:
        """The dates that it can be.

        Raises:
            UnrealError: there is no such day, or it is too far away.
        """

    def admits(self, day: date, frame: Frame) -> bool:
        """Whether a date goes with it."""


@dataclass(frozen=True)
class Shifted:
    """So many days from today: yesterday, tomorrow, tonight."""

    days: int
    night: bool = False
    """Last night: just after midnight that can be the night that is going on or the one before."""
    rank: int = 5

    def options(self, frame: Frame) -> Options:
        day = frame.today + timedelta(days=self.days)
        unslept = frame.now.hour < SMALL_HOURS and (self.night or (self.days == 0 and frame.lean == "past"))
        return Options((day - timedelta(days=1), day) if unslept else (day,))

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class Anchored:
    """So many days from another day: the day before friday, 3 days after the 14th."""

    days: int
    base: Day
    rank: int = 5

    def options(self, frame: Frame) -> Options:
        base = self.base.options(frame)
        days = {moved(day, self.days) for day in base.days} | self._on_side(frame)
        return Options(tuple(sorted(days)), base.reason)

    def _on_side(self, frame: Frame) -> set[date]:
        """The days behind us that lie before one to come: "10 days before friday i had it"."""
        if frame.lean != "past" or self.days > 0:
            return set()
        bases = self.base.options(replace(frame, lean="future")).days
        return {day for base in bases if frame.suits(day := moved(base, self.days))}

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


@dataclass(frozen=True)
class FromKnown:
    """So many days from the day that is known already: "it was the day before"."""

    days: int
    rank: int = 5

    def options(self, frame: Frame) -> Options:
        return Options((moved(frame.known, self.days),) if frame.known else ())

    def admits(self, day: date, frame: Frame) -> bool:
        return day in self.options(frame).days


def moved(day: date, days: int) -> date:
    """The date so many days later.

    Raises:
        UnrealError: that is beyond the calendar.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise UnrealError("too_far") from error


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day.

    Raises:
        UnrealError: that is beyond the calendar.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise UnrealError("too_far")
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
