"""Relations between the moments of a conversation: mentions that explain each other, corrections, events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from assistant.core.timex.dates import OnDate
from assistant.core.timex.day_terms import OnWeekday, neighbour
from assistant.core.timex.expressions import (
    Clock,
    TimeExpression,
    after_session,
    next_on,
    time_within,
)
from assistant.core.timex.types import Ambiguous, Mention, Moment, ReferenceFrame
from assistant.core.treatment_date import en
from assistant.core.treatment_date.context import Context, looks_back

_CLOSE = timedelta(hours=1)
_SOON_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class PlacedMention:
    """A mention with its time expression and the words around it."""

    expr: TimeExpression
    words: Context
    mention: Mention


def in_relation(
    placed: list[PlacedMention], frame: ReferenceFrame, again: Callable[[TimeExpression], Mention | None]
) -> list[Mention]:
    """Return the mentions, interpreted in relation to each other.

    Statements of the current day are dropped ("had it monday, now its thursday"). A day of the month takes the month
    of the other date. A time without a day that is not the treatment's becomes the next such time, if that is near.

    Args:
        placed: the mentions in text order.
        frame: now in the person's zone.
        again: interprets an expression again, with other days.
    """
    standing = [each for each in placed if len(placed) == 1 or not _is_now(each, frame.now)]
    anchors = _anchors(standing, frame)
    dated = [_in_month(each, anchors, frame, again) for each in standing]
    dated = [_before_an_event(each, dated, frame) for each in dated]
    ahead = _coming_days(dated, frame)
    before = [None, *dated]
    return [
        _next_time(each, _day_of_event(before[number]), ahead, frame) for number, each in enumerate(dated)
    ]


def _before_an_event(
    placed: PlacedMention, others: Sequence[PlacedMention], frame: ReferenceFrame
) -> PlacedMention:
    """Leave open if a session is past or to come: "drinks thursday, needled wednesday", said on a Tuesday."""
    found = placed.mention.found
    is_bare = [day for day in placed.expr.days if isinstance(day, OnWeekday) and not (day.which or day.weeks)]
    if not isinstance(found, Moment) or not is_bare or not en.BARE_PARTICIPLE.search(placed.words.before):
        return placed
    shift = timedelta(days=7 * ((frame.today - found.at.date()).days // 7 + 1))
    next_one = replace(found, **{name: getattr(found, name) + shift for name in ("at", "earliest", "latest")})
    events = (each.mention.found for each in others if each.mention.role == "event")
    gaps = [event.at - next_one.at for event in events if isinstance(event, Moment)]
    if not any(timedelta() < gap <= _SOON_AFTER for gap in gaps):
        return placed
    doubt = Ambiguous("past_or_future", (found, next_one), found.expression)
    return replace(placed, mention=replace(placed.mention, found=doubt, role="treatment_future"))


def _day_of_event(placed: PlacedMention | None) -> Moment | None:
    """Return the day of an event, for a time of day that follows: "flying on sunday, make-up at 6 pm"."""
    if placed is None or placed.mention.role != "event" or not placed.expr.days or placed.expr.clock:
        return None
    found = placed.mention.found
    return found if isinstance(found, Moment) else None


def _anchors(standing: list[PlacedMention], frame: ReferenceFrame) -> dict[bool, PlacedMention]:
    """Return the first full date ahead of an event (True), and the first one of a session (False)."""
    ahead = [each for each in standing if _is_ahead(each, frame)]
    return {each.mention.role == "event": each for each in reversed(ahead)}


def _coming_days(mentions: list[PlacedMention], frame: ReferenceFrame) -> list[Moment]:
    found = (each.mention.found for each in mentions)
    return [moment for moment in found if isinstance(moment, Moment) and moment.at.date() > frame.today]


def _is_now(placed: PlacedMention, now: datetime) -> bool:
    expr = placed.expr
    if len(expr.days) != 1 or not en.IT_IS_NOW.search(placed.words.before):
        return False
    day = expr.days[0]
    today = isinstance(day, OnWeekday) and day.which == "" and day.number == now.weekday()
    return today and (expr.clock is None or _shows(expr.clock, now))


def _shows(clock: Clock, now: datetime) -> bool:
    """Return True if a clock shows this about now."""
    since_midnight = timedelta(hours=now.hour, minutes=now.minute)
    return any(abs(after - since_midnight) <= _CLOSE for after in clock.times(None))


def _in_month(
    placed: PlacedMention,
    anchors: Mapping[bool, PlacedMention],
    frame: ReferenceFrame,
    again: Callable[[TimeExpression], Mention | None],
) -> PlacedMention:
    """Add the month to a day of the month that is paired with a full date: "the 12th" and "20 december".

    It is placed before the date of an event. Something else is placed near the date of a session, before it or after.
    """
    place = next((n for n, day in enumerate(placed.expr.days) if _is_bare(day)), None)
    other = anchors.get(placed.mention.role != "event")
    has_been = placed.mention.role == "treatment_past" or looks_back(placed.words)
    if place is None or other is None or has_been:
        return placed
    bare, anchor = placed.expr.days[place], other.mention.found
    assert isinstance(bare, OnDate)
    assert isinstance(anchor, Moment)
    sides: tuple[Literal[-1, 1], ...] = (-1,) if other.mention.role == "event" else (1, -1)
    near = [
        day for side in sides if (day := neighbour(anchor.at.date(), bare.day, side)) and day >= frame.today
    ]
    if not near:
        return placed
    day = min(near, key=lambda each: abs(each - anchor.at.date()))
    days = tuple(
        OnDate(day.day, day.month, day.year) if n == place else name
        for n, name in enumerate(placed.expr.days)
    )
    return _agreed(placed, again(replace(placed.expr, days=days)))


def _agreed(placed: PlacedMention, other: Mention | None) -> PlacedMention:
    """Use the second interpretation for an event or a hypothetical; otherwise leave both open if they differ."""
    if other is None or not isinstance(other.found, Moment):
        return placed
    before = placed.mention.found
    same = isinstance(before, Moment) and before.at == other.found.at
    if placed.mention.asked or placed.mention.role == "event" or same or not isinstance(before, Moment):
        return replace(placed, mention=other)
    choices = tuple(sorted((before, other.found), key=lambda choice: choice.at))
    return replace(placed, mention=replace(other, found=Ambiguous("which_day", choices, before.expression)))


def _is_bare(day: object) -> bool:
    return isinstance(day, OnDate) and day.month is None


def _is_ahead(placed: PlacedMention, frame: ReferenceFrame) -> bool:
    """Return True for a date with its month that is in the future."""
    found = placed.mention.found
    named = any(isinstance(day, OnDate) and day.month is not None for day in placed.expr.days)
    return named and isinstance(found, Moment) and found.at > frame.now


def _next_time(
    placed: PlacedMention, day: Moment | None, ahead: Sequence[Moment], frame: ReferenceFrame
) -> Mention:
    """Resolve an event's time without a day: on the day before it, today, or on the day of the coming session."""
    mention, clock = placed.mention, placed.expr.clock
    if (
        clock is None
        or placed.expr.days
        or mention.role != "event"
        or not isinstance(mention.found, Ambiguous)
    ):
        return mention
    if day is not None and day.at.date() > frame.today:
        at = time_within(clock, day)
    elif not ahead:
        at = next_on(clock, placed.expr.part, frame.now)
    elif len(ahead) == 1 and en.AFTERWARDS.search(placed.words.after):
        at = after_session(clock, ahead[0])
    else:
        return mention
    return (
        mention
        if at is None
        else replace(mention, found=Moment(at, "minute", mention.found.expression, at, at))
    )


@dataclass(frozen=True)
class Event:
    """An event, and the session before it: a hypothetical one or the person's own."""

    session: Moment
    event: Moment


def event_of(mentions: Iterable[Mention], now: datetime, known: Moment | None) -> Event | None:
    """Return the first event to come, and the last session before it: of the message, or else the known one."""
    mentions = tuple(mentions)
    events = [moment for mention in mentions if mention.role == "event" for moment in mention.found.choices]
    sessions = [moment for mention in mentions if mention.role != "event" for moment in mention.found.choices]
    if not sessions:
        sessions = [known] if known else []
    first = min((session.earliest for session in sessions), default=None)
    for event in sorted(events, key=lambda event: event.at):
        if first is not None and event.latest >= max(first, now):
            return Event(_last_before(event, sessions), event)
    return None


def _last_before(event: Moment, sessions: Iterable[Moment]) -> Moment:
    return max(
        (session for session in sessions if session.earliest <= event.latest), key=lambda each: each.at
    )
