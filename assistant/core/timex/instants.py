"""Moments counted in hours or minutes from now, and timestamps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal, Protocol

from assistant.core.timex.day_terms import FARTHEST, ReferenceFrame, UnrealError
from assistant.core.timex.quantities import Quantity
from assistant.core.timex.types import Precision
from assistant.core.timex.zones import later, on_the_clock

_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440}
_HALF_A_DAY = timedelta(hours=6)
_ROUNDING = 1e-6  # minutes: in floating point 1 h 20 min are 79.99… minutes
_GUESSABLE = timedelta(hours=1)
_WRITTEN = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[t\s](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s?(z|[+-]\d{2}:?\d{2})?$"
)


@dataclass(frozen=True)
class Interval:
    """A moment with the bounds that its wording leaves open."""

    at: datetime
    earliest: datetime
    latest: datetime
    precision: Precision = "minute"


class Instant(Protocol):
    """A moment that needs no day: counted from now, or a full timestamp."""

    def stretches(self, frame: ReferenceFrame) -> list[Interval]:
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

    def stretches(self, frame: ReferenceFrame) -> list[Interval]:
        """Return the moment, or several if the amount is vaguer than the hour ("a few hours ago")."""
        if self.amount.negative:
            raise UnrealError("negative")
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
            raise UnrealError("too_far")
        return later(now, timedelta(minutes=int(minutes + _ROUNDING) * self.way))


@dataclass(frozen=True)
class Written:
    """A timestamp such as 2026-11-12T15:00, with an offset or else in the person's zone."""

    text: str

    def stretches(self, frame: ReferenceFrame) -> list[Interval]:
        parts = _WRITTEN.match(self.text)
        if parts is None:
            raise UnrealError("impossible")
        year, month, day, hour, minute = (int(parts[n]) for n in range(1, 6))
        if abs(year - frame.today.year) > 2:
            raise UnrealError("too_far")
        try:
            written = datetime(year, month, day, hour, minute)
            return [_exactly(self._placed(written, parts[6], frame))]
        except (ValueError, OverflowError) as error:
            raise UnrealError("impossible") from error

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
