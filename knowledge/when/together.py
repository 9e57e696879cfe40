"""What the expressions of one message tell about each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from knowledge.when.clauses import Around
from knowledge.when.clocks import Clock
from knowledge.when.dates import OnDate
from knowledge.when.days import Frame
from knowledge.when.found import Ambiguous, Mention, Moment, Refused
from knowledge.when.nearest import neighbour
from knowledge.when.spots import Spot
from knowledge.when.weekdays import OnWeekday
from knowledge.when.zones import on_the_clock

_IT_IS_NOW = re.compile(
    r"(?:^|(?<=\s))(?:(?:and|now|so|today|but|um|like) )*(?:its|it is|now|today is)(?: (?:already|only|like|now))*$"
)
_AFTERWARDS = re.compile(
    r"^(?:right |just |straight )?(?:after (?:it|that)|afterwards?|the same (?:day|evening|night))(?!\S)"
)
_SOON = timedelta(hours=3)
_CLOSE = timedelta(hours=1)
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Told:
    """A mention with the expression and the words that it was read from."""

    spot: Spot
    words: Around
    mention: Mention


def together(told: list[Told], frame: Frame, again: Callable[[Spot], Mention | None]) -> list[Mention]:
    """The mentions, each in the light of the others.

    What only says which day it is now is left out ("had it monday, now its thursday"); a day of the month takes
    the month of the other date; a time without a day that is no treatment's is the next such one, if that is near.

    Args:
        told: the mentions in the order of the words.
        frame: now in the person's zone.
        again: reads a spot once more, with other days.
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
    """Whether a clock shows about now."""
    since_midnight = timedelta(hours=now.hour, minutes=now.minute)
    return any(abs(after - since_midnight) <= _CLOSE for after in clock.times(None))


def _in_month(
    told: Told, every: Iterable[Told], frame: Frame, again: Callable[[Spot], Mention | None]
) -> Told:
    """A day of the month before the event, or after the session, whose month is said: "the 12th" and "20 december"."""
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
    """The other reading for what is only asked about; where it is told and both differ, both are open."""
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


def _is_ahead(told: Told, frame: Frame) -> bool:
    """Whether it is a date with its month, still to come."""
    found = told.mention.found
    named = any(isinstance(day, OnDate) and day.month is not None for day in told.spot.days)
    return named and isinstance(found, Moment) and found.at > frame.now


def _is_paired(told: Told, other: Told) -> bool:
    return (told.mention.role == "event") != (other.mention.role == "event")


def _soon(told: Told, every: Iterable[Told], frame: Frame) -> Mention:
    mention, clock = told.mention, told.spot.clock
    if clock is None or told.spot.days or mention.role != "event" or not isinstance(mention.found, Ambiguous):
        return mention
    others = [each.mention for each in every if _is_another_day(each.mention, frame.today)]
    if others and not _AFTERWARDS.search(told.words.after):
        return mention
    at = _afterwards(clock, others[0].found, frame) if others else _next(clock, frame)
    expression = mention.found.expression
    return mention if at is None else replace(mention, found=Moment(at, "minute", expression, at, at))


def _afterwards(clock: Clock, session: Moment | Ambiguous | Refused, frame: Frame) -> datetime | None:
    """The one time on the day of the session, after it, that the clock can mean."""
    zone = frame.now.tzinfo
    assert zone is not None
    if not isinstance(session, Moment):
        return None
    midnight = datetime.combine(session.at.date(), time())
    every = {on_the_clock(midnight + after, zone, "future") for after in clock.times(None)}
    coming = [at for at in every if at > session.latest]
    return coming[0] if len(coming) == 1 else None


def _is_another_day(mention: Mention, today: date) -> bool:
    return isinstance(mention.found, Moment) and mention.found.at.date() > today


def _next(clock: Clock, frame: Frame) -> datetime | None:
    """When a clock shows it next: without the half of the day only what is near, for the other half is as likely."""
    zone = frame.now.tzinfo
    assert zone is not None
    midnight = frame.now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    every = {midnight + after for after in clock.times(None)}
    if not clock.half and 1 <= clock.hour <= 12:
        every |= {at - _HALF_A_DAY for at in every} | {at + _HALF_A_DAY for at in every}
    every |= {at + timedelta(days=1) for at in every}
    coming = sorted(at for at in {on_the_clock(at, zone, "future") for at in every} if at > frame.now)
    sure = clock.half or clock.hour > 12
    near = _HALF_A_DAY - timedelta(minutes=1) if sure else _SOON
    return coming[0] if coming and coming[0] - frame.now <= near else None
