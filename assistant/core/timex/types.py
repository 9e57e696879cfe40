"""Result types of the date search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lean = Literal["past", "future"] | None
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


@dataclass(frozen=True)
class Nothing:
    """No expression for the moment of a treatment."""


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
