"""Time expressions as written: patterns, clock times, and spans of text that combine them with days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, Optional

from assistant.core.timex.quantities import Instant, Quantity
from assistant.core.timex.types import Day, Direction, InvalidDateError, Moment, on_the_clock


def alternatives(lines: str) -> str:
    """Join lines of regular expressions, separated by "|" within a line, into one alternation."""
    return "|".join(line.strip() for line in lines.splitlines() if line.strip())


def cue(lines: str) -> re.Pattern[str]:
    """Compile lines of alternatives into a pattern that matches whole words."""
    return re.compile(rf"(?<!\S)(?:{alternatives(lines)})(?!\S)")


Half = Literal["", "am", "pm", "24h", "midnight"]


@dataclass(frozen=True)
class Part:
    """A part of the day, in hours after its midnight; a night extends into the next day."""

    name: str
    begins: float
    ends: float
    middle: float

    def holds(self, time: timedelta) -> bool:
        """Return True if a time after midnight lies within this part, bounds included."""
        return timedelta(hours=self.begins) <= time <= timedelta(hours=self.ends)


PARTS = {
    part.name: part
    for part in (
        Part("morning", 5, 12, 9.5),
        Part("lunchtime", 11.5, 14.5, 13),
        Part("afternoon", 12, 18, 15),
        Part("teatime", 15.5, 19, 17),
        Part("evening", 16, 23, 19),
        Part("night", 17, 28, 21),
        Part("bedtime", 20, 28, 22),
        Part("am", 0, 12, 9.5),
        Part("pm", 12, 24, 15),
    )
}


@dataclass(frozen=True)
class Clock:
    """An hour and minute as written.

    ``half`` is the half of the day, ``24h`` for a 24-hour clock, or ``midnight`` for the one that begins or ends the
    day.
    """

    hour: int
    minute: int = 0
    half: Half = ""

    def times(self, part: Part | None) -> tuple[timedelta, ...]:
        """Return the times after midnight that it can stand for, within the part of the day if one is named.

        Without am, pm or a part of the day, hours 1 to 6 are in the afternoon and 8:30 to 12:59 are taken as written,
        since nobody has a skin treatment at four in the morning; 7:00 to 8:29 stay ambiguous.

        Raises:
            UnrealError: no clock shows this time.
        """
        if not (0 <= self.hour <= 24 and 0 <= self.minute <= 59) or (self.hour == 24 and self.minute):
            raise InvalidDateError("impossible")
        if self.half in ("am", "pm") and not 1 <= self.hour <= 12:
            return (self._after(self.hour),)  # 15 pm, 0:30 am: the hour decides
        if part is None:
            return tuple(self._after(hour) for hour in self._hours())
        every = [self._after(hour) for hour in self._all_hours()]
        inside = tuple(time for time in every if part.holds(time))
        return inside or tuple(time for time in every if time < timedelta(hours=24))

    def _hours(self) -> tuple[int, ...]:
        if self.half == "midnight" or self.hour == 24:
            return (0, 24) if self.half else (24,)
        if self.half or self.hour > 12 or self.hour == 0:
            return tuple(hour for hour in self._all_hours() if hour < 24)
        if self.hour == 7 or (self.hour == 8 and self.minute < 30):
            return self.hour, self.hour + 12
        return (self.hour + 12,) if self.hour < 7 else (self.hour,)

    def _all_hours(self) -> tuple[int, ...]:
        """Return every matching hour after midnight, including hours after the next midnight."""
        if self.half == "24h" or self.hour > 12 or self.hour == 0:
            return (self.hour, self.hour + 24)
        morning, evening = self.hour % 12, self.hour % 12 + 12
        return {"am": (morning, morning + 24), "pm": (evening,)}.get(
            self.half, (morning, evening, morning + 24)
        )

    def _after(self, hour: int) -> timedelta:
        return timedelta(hours=hour, minutes=self.minute)


_SOON = timedelta(hours=3)
_HALF_A_DAY = timedelta(hours=12)


def next_on(clock: Clock, part: Part | None, now: datetime) -> datetime | None:
    """Return the next time a clock shows it, within half a day; within three hours if the half of the day is open.

    Unlike a treatment, the subject of a question may well be at 6 in the morning, so both halves of the day count.
    """
    midnight = datetime.combine(now.date(), time())
    every = {midnight + after for after in clock.times(part)}
    sure = part is not None or bool(clock.half) or not 1 <= clock.hour <= 12
    if not sure:
        every |= {at - _HALF_A_DAY for at in every} | {at + _HALF_A_DAY for at in every}
    every |= {at + timedelta(days=1) for at in every}
    coming = min((at for at in _placed(every, now) if at > now), default=None)
    near = _HALF_A_DAY - timedelta(minutes=1) if sure else _SOON
    return coming if coming is not None and coming - now <= near else None


def after_session(clock: Clock, session: Moment) -> datetime | None:
    """Return the time on the day of the session, after it, if exactly one fits."""
    midnight = datetime.combine(session.at.date(), time())
    every = _placed({midnight + after for after in clock.times(None)}, session.at)
    coming = [at for at in every if at > session.latest]
    return coming[0] if len(coming) == 1 else None


def time_within(clock: Clock, day: Moment) -> datetime | None:
    """Return the time within a day or a part of it, if exactly one fits."""
    midnight = datetime.combine(day.at.date(), time())
    every = _placed({midnight + after for after in clock.times(None)}, day.at)
    fitting = [at for at in every if day.earliest <= at <= day.latest]
    return fitting[0] if len(fitting) == 1 else None


def _placed(every: set[datetime], near: datetime) -> list[datetime]:
    """Localize naive times to the zone of ``near``."""
    zone = near.tzinfo
    assert zone is not None
    return [on_the_clock(at, zone, "future") for at in every]


@dataclass(frozen=True)
class Ends:
    """An amount of hours that begins (1) or ends (-1) at a time of day in the past or future."""

    amount: Quantity
    way: Literal[-1, 1]
    direction: Direction


Build = Callable[["re.Match[str]"], Optional["TimeExpression"]]
Pattern = tuple["re.Pattern[str]", Build]


@dataclass(frozen=True)
class TimeExpression:
    """A span of normalized text that denotes a day, a time of day, an instant, or several of these."""

    start: int
    end: int
    days: tuple[Day, ...] = ()
    part: Part | None = None
    clock: Clock | None = None
    instant: Instant | None = None
    shift: int | None = None
    """Days by which it shifts the day that follows: "the day before", "3 days after"."""
    reaches: Quantity | None = None
    """Amount counted back from the day that follows: "two weeks on friday since"."""
    ends: Ends | None = None
    """Amount between the intended moment and the one that is named: "at 6 its 24 hours since"."""
    weak: bool = False
    """Temporal only next to a stronger expression: "morning", "around 4"."""
    non_temporal: bool = False
    """Non-temporal in spite of its form: "every monday", "24/7"."""
    counts: Literal["", "day", "after", "bare", "until"] = ""
    """Relation to a treatment that is not named.

    - ``day``: "day 4"
    - ``after``: "3 days after"
    - ``bare``: without a preposition, "red. 6 days."
    - ``until``: "10 days until"
    """


def pattern(text: str, build: Build) -> Pattern:
    """Compile a pattern for whole words of normalized text, and pair it with a builder for its matches."""
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)"), build


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of the words, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def expressions(text: str, patterns: Iterable[Pattern]) -> list[TimeExpression]:
    """Return the non-overlapping matches in text order; the longest wins where some overlap."""
    found = [
        expr
        for regex, build in patterns
        for match in regex.finditer(text)
        if (expr := build(match)) is not None
    ]
    taken: list[TimeExpression] = []
    covered = bytearray(len(text))  # a scan of all matches so far would be quadratic: there may be hundreds
    for expr in sorted(found, key=lambda expr: (expr.start - expr.end, not expr.non_temporal)):
        if not any(covered[expr.start : expr.end]):
            covered[expr.start : expr.end] = b"\1" * (expr.end - expr.start)
            taken.append(expr)
    return sorted(taken, key=lambda expr: expr.start)
