"""Two names of days of which one is meant: saturday or sunday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.when.days import Day, Frame, Options
from knowledge.when.found import AmbiguousReason


@dataclass(frozen=True)
class Either:
    """One day or the other, open for that reason."""

    one: Day
    other: Day
    reason: AmbiguousReason = "which_day"
    rank: int = 5

    def options(self, frame: Frame) -> Options:
        days = {*self.one.options(frame).days, *self.other.options(frame).days}
        return Options(tuple(sorted(days)), self.reason)

    def admits(self, day: date, frame: Frame) -> bool:
        return self.one.admits(day, frame) or self.other.admits(day, frame)
