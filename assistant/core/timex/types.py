"""What a look for moments in a message can come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lean = Literal["past", "future"] | None
"""The side of now on which something is meant to be, where that is known."""

Precision = Literal["minute", "part_of_day", "day"]
Role = Literal["treatment_past", "treatment_future", "event"]

AmbiguousReason = Literal[
    "day_or_month", "past_or_future", "time_of_day", "which_day", "which_one", "weekday_differs"
]
RefusedReason = Literal["impossible", "too_far", "negative"]


@dataclass(frozen=True)
class Moment:
    """A moment that is understood, in the person's zone.

    ``earliest`` and ``latest`` (both included, to the minute) are the bounds that the words leave open, and ``at``
    is a likely moment between them: noon for a day, the middle for a part of a day, never beyond now for
    something that has happened. A cautious reading counts aftercare from ``latest`` and preparation from
    ``earliest``. With precision "minute" all three are the same, unless the words are rough ("about an hour ago").
    """

    at: datetime
    precision: Precision
    expression: str
    """The words of the message that say it."""
    earliest: datetime
    latest: datetime


@dataclass(frozen=True)
class Ambiguous:
    """Words that leave open more than may be guessed.

    ``choices`` are the readings in order of time; empty where there are too many to offer ("last year").
    Reasons: ``day_or_month`` 12/11 · ``past_or_future`` a Friday, or words that contradict themselves ("had it
    tomorrow") · ``time_of_day`` 7 in the morning or evening · ``which_day`` last week, a few days ago, next
    Friday, today just after midnight · ``which_one`` several treatments · ``weekday_differs`` Thursday the 12th,
    which is no Thursday.
    """

    reason: AmbiguousReason
    choices: tuple[Moment, ...]
    expression: str


@dataclass(frozen=True)
class Refused:
    """Words for what cannot be: no such date or time, more than a year from now, a negative number of days."""

    reason: RefusedReason
    expression: str


@dataclass(frozen=True)
class Nothing:
    """No words for the moment of a treatment."""


Found = Moment | Ambiguous | Refused | Nothing


@dataclass(frozen=True)
class Mention:
    """One expression of time in a message.

    ``role`` is a guess from the words around it; an ``event`` is everything that is not the person's own
    treatment: a wedding, an activity that is asked about, when a symptom began, somebody else's session.
    Where past or future stays open, the role is ``treatment_future`` if one of the choices is ahead.
    ``asked`` marks what is only weighed up: "is a session on the 12th too late", "if i do it tonight".
    ``start`` and ``end`` are the span in the message.
    """

    found: Moment | Ambiguous | Refused
    role: Role
    asked: bool
    start: int
    end: int
