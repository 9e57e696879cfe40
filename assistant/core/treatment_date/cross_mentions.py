"""Interpretation of the time expressions of a message in relation to each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.core.timex.clocks import Clock, after_session, next_on
from assistant.core.timex.dates import OnDate
from assistant.core.timex.day_terms import OnWeekday, ReferenceFrame, neighbour
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.types import Ambiguous, Mention, Moment
from assistant.core.treatment_date.cues import Around

_IT_IS_NOW = re.compile(
    r"(?:^|(?<=\s))(?:(?:and|now|so|today|but|um|like) ){0,5}"
    r"(?:its|it is|now|today is)(?: (?:already|only|like|now)){0,5}$"
)
_AFTERWARDS = re.compile(
    r"^(?:right |just |straight )?(?:after (?:it|that)|afterwards?|the same (?:day|evening|night))(?!\S)"
)
_CLOSE = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """A mention with its time expression and the words around it."""

    spot: TimeExpression
    words: Around
    mention: Mention


def together(
    told: list[Told], frame: ReferenceFrame, again: Callable[[TimeExpression], Mention | None]
) -> list[Mention]:
    """Return the mentions, interpreted in relation to each other.

    Statements of the current day are dropped ("had it monday, now its thursday"). A day of the month takes the month
    of the other date. A time without a day that is not the treatment's becomes the next such time, if that is near.

    Args:
        told: the mentions in text order.
        frame: now in the person's zone.
        again: interprets an expression again, with other days.
    """
    standing = [each for each in told if len(told) == 1 or not _is_now(each, frame.now)]
    dated = [_in_month(each, standing, frame, again) for each in standing]
    return [_soon(each, dated, frame) for each in dated]


def _is_now(told: Told, now: datetime) -> bool:
    spot = told.spot
    if len(spot.days) != 1 or not _IT_IS_NOW.search(told.words.before):
        return False
    day = spot.days[0]
    today = isinstance(day, OnWeekday) and day.which == "" and day.number == now.weekday()
    return today and (spot.clock is None or _shows(spot.clock, now))


def _shows(clock: Clock, now: datetime) -> bool:
    """Return True if a clock shows this about now."""
    since_midnight = timedelta(hours=now.hour, minutes=now.minute)
    return any(abs(after - since_midnight) <= _CLOSE for after in clock.times(None))


def _in_month(
    told: Told,
    every: Iterable[Told],
    frame: ReferenceFrame,
    again: Callable[[TimeExpression], Mention | None],
) -> Told:
    """Add the month to a day of the month that is paired with a full date: "the 12th" and "20 december".

    It is placed before the date of an event, and after the date of a session.
    """
    place = next((n for n, day in enumerate(told.spot.days) if _is_bare(day)), None)
    other = next((each for each in every if _is_ahead(each, frame) and _is_paired(told, each)), None)
    if place is None or other is None or told.mention.role == "treatment_past":
        return told
    bare, anchor = told.spot.days[place], other.mention.found
    assert isinstance(bare, OnDate)
    assert isinstance(anchor, Moment)
    day = neighbour(anchor.at.date(), bare.day, -1 if other.mention.role == "event" else 1)
    if day is None or day < frame.today:
        return told
    days = tuple(
        OnDate(day.day, day.month, day.year) if n == place else name for n, name in enumerate(told.spot.days)
    )
    return _agreed(told, again(replace(told.spot, days=days)))


def _agreed(told: Told, other: Mention | None) -> Told:
    """Use the second interpretation for an event or a hypothetical; otherwise leave both open if they differ."""
    if other is None or not isinstance(other.found, Moment):
        return told
    before = told.mention.found
    same = isinstance(before, Moment) and before.at == other.found.at
    if told.mention.asked or told.mention.role == "event" or same or not isinstance(before, Moment):
        return replace(told, mention=other)
    choices = tuple(sorted((before, other.found), key=lambda choice: choice.at))
    return replace(told, mention=replace(other, found=Ambiguous("which_day", choices, before.expression)))


def _is_bare(day: object) -> bool:
    return isinstance(day, OnDate) and day.month is None


def _is_ahead(told: Told, frame: ReferenceFrame) -> bool:
    """Return True for a date with its month that is in the future."""
    found = told.mention.found
    named = any(isinstance(day, OnDate) and day.month is not None for day in told.spot.days)
    return named and isinstance(found, Moment) and found.at > frame.now


def _is_paired(told: Told, other: Told) -> bool:
    return (told.mention.role == "event") != (other.mention.role == "event")


def _soon(told: Told, every: Iterable[Told], frame: ReferenceFrame) -> Mention:
    """Resolve an event's time without a day: today, or on the day of the coming session."""
    mention, clock = told.mention, told.spot.clock
    if clock is None or told.spot.days or mention.role != "event" or not isinstance(mention.found, Ambiguous):
        return mention
    found = (each.mention.found for each in every)
    ahead = [moment for moment in found if isinstance(moment, Moment) and moment.at.date() > frame.today]
    if not ahead:
        at = next_on(clock, told.spot.part, frame.now)
    elif len(ahead) == 1 and _AFTERWARDS.search(told.words.after):
        at = after_session(clock, ahead[0])
    else:
        return mention
    return (
        mention
        if at is None
        else replace(mention, found=Moment(at, "minute", mention.found.expression, at, at))
    )
