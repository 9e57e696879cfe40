"""Result types, the frame in which an expression is resolved, and local time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo, available_timezones

Direction = Literal["past", "future"] | None
"""Direction relative to now that is intended, if known."""
Precision = Literal["minute", "part_of_day", "day"]
Role = Literal["treatment_past", "treatment_future", "event"]
AmbiguousReason = Literal[
    "day_or_month", "past_or_future", "time_of_day", "which_day", "which_one", "weekday_differs"
]
RefusedReason = Literal["impossible", "too_far", "negative"]


@dataclass(frozen=True)
class Moment:
    """A resolved moment, in the person's zone.

    ``earliest`` and ``latest`` (inclusive, to the minute) are the bounds that the wording leaves open, and ``at`` is
    a likely moment between them: noon for a day, the middle for a part of a day, never beyond now for something that
    has happened. A cautious reading counts aftercare from ``latest`` and preparation from ``earliest``. With
    precision "minute" all three are the same, unless the wording is rough ("about an hour ago").
    """

    at: datetime
    precision: Precision
    expression: str
    """The original wording."""
    earliest: datetime
    latest: datetime

    @property
    def choices(self) -> tuple[Moment, ...]:
        """The possible moments: this one."""
        return (self,)


@dataclass(frozen=True)
class Ambiguous:
    """An expression that leaves open more than may be guessed.

    ``choices`` are the possible moments in chronological order; empty if there are too many to offer ("last year").
    Reasons: ``day_or_month`` 12/11 · ``past_or_future`` a Friday, or a contradiction ("had it tomorrow") ·
    ``time_of_day`` 7 in the morning or evening · ``which_day`` last week, a few days ago, next Friday, today just
    after midnight · ``which_one`` several treatments · ``weekday_differs`` Thursday the 12th, which is not a
    Thursday.
    """

    reason: AmbiguousReason
    choices: tuple[Moment, ...]
    expression: str


@dataclass(frozen=True)
class Refused:
    """A date or time that does not exist, is over a year away, or has a negative number of days."""

    reason: RefusedReason
    expression: str
    choices: tuple[Moment, ...] = field(default=(), init=False)


@dataclass(frozen=True)
class Nothing:
    """No expression for the moment of a treatment."""

    choices: tuple[Moment, ...] = field(default=(), init=False)


Found = Moment | Ambiguous | Refused | Nothing


@dataclass(frozen=True)
class Mention:
    """A time expression in a message.

    ``role`` is inferred from the context; an ``event`` is anything other than the person's own treatment: a wedding,
    an activity in question, the onset of a symptom, somebody else's session. If past or future is ambiguous, the role
    is ``treatment_future`` as soon as one of the choices is ahead. ``asked`` marks a hypothetical: "is a session on
    the 12th too late", "if i do it tonight". ``start`` and ``end`` are the span in the message.
    """

    found: Moment | Ambiguous | Refused
    role: Role
    asked: bool
    start: int
    end: int


_NO_PLACES = frozenset({"factory", "localtime"})


def zone_of(name: str | None) -> tuple[ZoneInfo, bool]:
    """Return the zone of an IANA name in any case, and whether the name is known; an unknown one becomes UTC."""
    known = _names().get((name or "").strip().casefold())
    return ZoneInfo(known or "UTC"), known is not None


def arrival(metadata: Mapping[str, Any] | None) -> datetime:
    """Return the time in UTC at which a message arrived, from its metadata (``at``) or else the current time."""
    try:
        return datetime.fromisoformat((metadata or {})["at"]).astimezone(timezone.utc)
    except (KeyError, TypeError, ValueError):
        return datetime.now(timezone.utc)


def on_the_clock(naive: datetime, zone: tzinfo, direction: Direction) -> datetime:
    """Return the moment at which clocks in the zone show a naive time.

    A time skipped at the start of daylight saving is read with the earlier offset: 02:30 becomes 03:30. For a time
    that occurs twice at its end, the second is used for past events and the first otherwise: the cautious reading
    each time, and at most that hour off.
    """
    if direction == "past":
        second = naive.replace(tzinfo=zone, fold=1)
        if second.utcoffset() != naive.replace(tzinfo=zone).utcoffset() and _exists(second):
            return second
    first = naive.replace(tzinfo=zone, fold=0)
    return first if _exists(first) else first.astimezone(timezone.utc).astimezone(zone)


def later(moment: datetime, by: timedelta) -> datetime:
    """Return the moment that much later in elapsed time, regardless of clock changes."""
    return (moment.astimezone(timezone.utc) + by).astimezone(moment.tzinfo)


def _exists(moment: datetime) -> bool:
    """Return True if clocks ever show this time; they skip an hour in spring."""
    back = moment.astimezone(timezone.utc).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if name.casefold() not in _NO_PLACES}


FARTHEST = 366
"""Maximum distance of a date from today, in days: a year, leap day included."""


class InvalidDateError(ValueError):
    """A date or time that does not exist, or is too far away."""

    def __init__(self, reason: RefusedReason) -> None:
        super().__init__(reason)
        self.reason: RefusedReason = reason


@dataclass(frozen=True)
class ReferenceFrame:
    """Context of an expression: now in the person's zone, the intended direction, the day known so far."""

    now: datetime
    direction: Direction = None
    known: date | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def suits(self, day: date) -> bool:
        """Return True if a day is in the intended direction; today is in both."""
        return self.direction is None or day == self.today or (day < self.today) == (self.direction == "past")


@dataclass(frozen=True)
class Options:
    """Candidate dates in order, and the reason why they are ambiguous if there are several."""

    days: tuple[date, ...]
    reason: AmbiguousReason = "which_day"
    spanned: bool = False
    """The days are the bounds of one moment rather than alternatives; the first is the likely one."""


class Day(Protocol):
    """A day as people name it."""

    @property
    def rank(self) -> int:
        """Specificity: of two names for one day, the higher rank supplies the dates and the other filters them."""

    def options(self, frame: ReferenceFrame) -> Options:
        """Return the dates that it can be.

        Raises:
            UnrealError: there is no such day, or it is too far away.
        """

    def admits(self, day: date, frame: ReferenceFrame) -> bool:
        """Return True if a date is compatible with the name."""


def moved(day: date, days: int) -> date:
    """Return the date that many days later.

    Raises:
        UnrealError: the result is outside the calendar.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise InvalidDateError("too_far") from error


def months_later(day: date, months: int) -> date:
    """Return the same day that many months later, or the last of the month if it has no such day.

    Raises:
        UnrealError: the result is outside the calendar.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise InvalidDateError("too_far")
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


@dataclass(frozen=True)
class Interval:
    """A moment with the bounds that its wording leaves open."""

    at: datetime
    earliest: datetime
    latest: datetime
    precision: Precision = "minute"
