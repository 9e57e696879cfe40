"""Resolution of time expressions: candidate dates, ambiguities and the bounds of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from assistant.core.timex.day_terms import (
    FARTHEST,
    Day,
    OnWeekday,
    Options,
    ReferenceFrame,
    Shifted,
    UnrealError,
)
from assistant.core.timex.expressions import Ends, TimeExpression
from assistant.core.timex.instants import Elapsed, Interval
from assistant.core.timex.quantities import Counted, CountedTo
from assistant.core.timex.types import Ambiguous, AmbiguousReason, Lean, Moment, Precision, Refused
from assistant.core.timex.zones import on_the_clock


def chosen(days: tuple[Day, ...], frame: ReferenceFrame) -> Options:
    """Return the dates compatible with every name, in the intended direction if there are any.

    The most specific name supplies the dates and the others filter them. If none are left, the names contradict each
    other, and the dates of each are returned with the reason ``weekday_differs``.

    Raises:
        UnrealError: there is no such day, or it is too far away.
    """
    first, *others = sorted(days, key=lambda day: -day.rank)
    options = first.options(frame)
    left = _admitted(options.days, others, frame)
    if not left and isinstance(first, Counted):
        left = _admitted(sorted(first.week(frame)), others, frame)
    if not left and options.days:
        return _contradicting(first, others, frame)
    return _leaning(replace(options, days=left), frame)


def agree(days: tuple[Day, ...], frame: ReferenceFrame) -> bool:
    """Return True if names in a row can refer to one day."""
    if any(isinstance(day, Counted) for day in days):
        return False
    try:
        return chosen(days, frame).reason != "weekday_differs"
    except UnrealError:
        return False


def _admitted(
    days: tuple[date, ...] | list[date], others: list[Day], frame: ReferenceFrame
) -> tuple[date, ...]:
    return tuple(day for day in days if all(other.admits(day, frame) for other in others))


def _contradicting(first: Day, others: list[Day], frame: ReferenceFrame) -> Options:
    days = {day for name in (first, *others) for day in _leaning(name.options(frame), frame).days}
    return Options(tuple(sorted(days)), "weekday_differs")


def _leaning(options: Options, frame: ReferenceFrame) -> Options:
    """Drop dates in the wrong direction, unless the direction is ambiguous or none would be left."""
    if options.reason == "past_or_future":
        return options
    suiting = tuple(day for day in options.days if frame.suits(day))
    return replace(options, days=suiting) if suiting else options


def both_sides(spot: TimeExpression, stretches: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    """Return the intervals as worded, and as they would be in the direction of the rest of the sentence."""
    other: list[Interval] = []
    for stretch in stretches:
        days = _to_other_side(spot, stretch.at.date(), frame)
        if days is not None:
            other.append(_moved(stretch, days))
    return sorted(stretches + other, key=lambda stretch: stretch.at)


def _to_other_side(spot: TimeExpression, day: date, frame: ReferenceFrame) -> int | None:
    """Return the days to shift by: tomorrow becomes yesterday, a weekday the one before or after."""
    away = (day - frame.today).days
    sign = -1 if frame.lean == "past" else 1
    if away == 0:
        return sign
    if any(isinstance(name, (Shifted, Counted)) for name in spot.days):
        return -2 * away
    if any(isinstance(name, OnWeekday) for name in spot.days):
        return sign * 7 * (abs(away) // 7 + 1)
    return None


def _moved(stretch: Interval, days: int) -> Interval:
    """Return the same local times on another day."""
    at, earliest, latest = (
        moment + timedelta(days=days) for moment in (stretch.at, stretch.earliest, stretch.latest)
    )
    return Interval(at, earliest, latest, stretch.precision)


_MOST_CHOICES = 14
_DAY = timedelta(days=1)


def resolved(
    spot: TimeExpression, expression: str, frame: ReferenceFrame, stated: bool
) -> Moment | Ambiguous | Refused | None:
    """Resolve a time expression.

    Args:
        spot: a merged expression of the message.
        expression: its original wording.
        frame: now, the intended direction and the day known so far.
        stated: whether adjacent words state the direction, so that an expression for the other one contradicts them.

    Returns:
        None if the expression counts from a day that is not known.
    """
    try:
        frame = replace(frame, lean=_own_side(spot, frame) or frame.lean)
        stretches, reason = _stretches(spot, frame)
        if not stretches:
            return None
        stretches = _within_reach(stretches, frame)
        fitting = [stretch for stretch in stretches if reason == "past_or_future" or _on_side(stretch, frame)]
        if not fitting and stated:
            fitting, reason = both_sides(spot, stretches, frame), "past_or_future"
            return Ambiguous(
                reason, tuple(_moment(stretch, expression, None, frame) for stretch in fitting), expression
            )
    except UnrealError as trouble:
        return Refused(trouble.reason, expression)
    if len(fitting or stretches) > _MOST_CHOICES:
        return Ambiguous(reason, (), expression)
    lean = None if reason == "past_or_future" else frame.lean
    moments = [_moment(stretch, expression, lean, frame) for stretch in fitting or stretches]
    if len(moments) == 1:
        guessed = spot.instant is None and _day_is_guessed(spot, frame, moments[0])
        return Ambiguous("which_day", tuple(moments), expression) if guessed else moments[0]
    return Ambiguous(reason, tuple(moments), expression)


def _own_side(spot: TimeExpression, frame: ReferenceFrame) -> Lean:
    """Return the direction fixed by "ago" or "since", which no context changes."""
    if spot.ends:
        return _side_of([stretch.at.date() for stretch in _ended(spot, spot.ends, frame)], frame)
    if len(spot.days) == 1 and isinstance(spot.days[0], CountedTo):
        return _side_of(spot.days[0].options(frame).days, frame)
    counted = (*spot.days, spot.instant)
    behind = any(isinstance(name, (Counted, Elapsed)) and name.way == -1 for name in counted)
    return "past" if behind else None


def _side_of(days: Iterable[date], frame: ReferenceFrame) -> Lean:
    """Return the direction that all days have in common, or None."""
    days = tuple(days)
    if all(day < frame.today for day in days):
        return "past"
    return "future" if all(day > frame.today for day in days) else None


def _ended(spot: TimeExpression, ends: Ends, frame: ReferenceFrame) -> list[Interval]:
    """Return the moments that are the given amount away from the ones named."""
    said, _ = _stretches(replace(spot, ends=None), replace(frame, lean=ends.lean))
    on_its_side = [each for each in said if _on_side(each, replace(frame, lean=ends.lean))]
    counted = Elapsed(ends.amount, ends.way)
    return [moment for each in on_its_side for moment in counted.stretches(replace(frame, now=each.at))]


def _stretches(spot: TimeExpression, frame: ReferenceFrame) -> tuple[list[Interval], AmbiguousReason]:
    if spot.instant is not None:
        return spot.instant.stretches(frame), "time_of_day"
    if spot.ends:
        return _ended(spot, spot.ends, frame), "time_of_day"
    options = _options(spot, frame)
    times = spot.clock.times(spot.part) if spot.clock else None
    if options.spanned and times is None and spot.part is None:
        return [_spanned(options.days, spot, frame)], options.reason
    stretches: list[Interval] = []
    for day in sorted(options.days):
        if times is None:
            stretches.append(_part_of(day, spot, frame))
        else:
            stretches += [at for after in times if (at := _at(day, after, frame)) not in stretches]
    stretches = stretches if spot.days or frame.known else _last_of_today(stretches, frame)
    if options.reason == "past_or_future":
        return stretches, options.reason
    suiting = [stretch for stretch in stretches if _on_side(stretch, frame)]
    several_days = len({stretch.at.date() for stretch in suiting or stretches}) > 1 and len(options.days) > 1
    return stretches, options.reason if several_days else "time_of_day"


def _spanned(days: tuple[date, ...], spot: TimeExpression, frame: ReferenceFrame) -> Interval:
    first, last = (_part_of(day, spot, frame) for day in (min(days), max(days)))
    return replace(_part_of(days[0], spot, frame), earliest=first.earliest, latest=last.latest)


def _last_of_today(stretches: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    """Restrict a past time without a day to today, if it has been: "it ended at 3"."""
    if frame.lean != "past":
        return stretches
    return [each for each in stretches if each.at.date() == frame.today and each.at <= frame.now] or stretches


def _within_reach(stretches: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    reach = timedelta(days=FARTHEST + 1)
    near = [stretch for stretch in stretches if abs(stretch.at - frame.now) <= reach]
    if not near:
        raise UnrealError("too_far")
    return near


def _options(spot: TimeExpression, frame: ReferenceFrame) -> Options:
    """Return the candidate days; a bare time of day is on the known day, or else near today."""
    if spot.days:
        return chosen(spot.days, frame)
    if frame.known:
        return Options((frame.known,))
    nearby = {"past": (-1, 0), "future": (0, 1)}.get(frame.lean or "", (-1, 0, 1))
    return Options(tuple(frame.today + days * _DAY for days in nearby))


def _day_is_guessed(spot: TimeExpression, frame: ReferenceFrame, moment: Moment) -> bool:
    return not spot.days and frame.known is None and moment.at.date() != frame.today


def _part_of(day: date, spot: TimeExpression, frame: ReferenceFrame) -> Interval:
    part = spot.part
    begins, middle, ends = (part.begins, part.middle, part.ends) if part else (0.0, 12.0, 24.0)
    precision: Precision = "part_of_day" if part else "day"
    earliest, at = (_at(day, timedelta(hours=hours), frame).at for hours in (begins, middle))
    latest = _at(day, timedelta(hours=ends, minutes=-1), frame).at
    return Interval(at, earliest, latest, precision)


def _at(day: date, after: timedelta, frame: ReferenceFrame) -> Interval:
    zone = frame.now.tzinfo
    assert zone is not None
    naive = datetime.combine(day, time()) + after
    at = on_the_clock(naive, zone, frame.lean)
    if frame.lean == "past" and at > frame.now:
        at = on_the_clock(naive, zone, None)  # the repeated hour has not come yet
    return Interval(at, at, at)


def _on_side(stretch: Interval, frame: ReferenceFrame) -> bool:
    if frame.lean == "past":
        return stretch.earliest <= frame.now
    return frame.lean is None or stretch.latest >= frame.now.replace(second=0, microsecond=0)


def _moment(stretch: Interval, expression: str, lean: Lean, frame: ReferenceFrame) -> Moment:
    """Restrict an interval to its direction: what has happened did not happen after now."""
    now = frame.now.replace(second=0, microsecond=0)
    at, earliest, latest = stretch.at, stretch.earliest, stretch.latest
    if lean == "past" and earliest <= now:
        at, latest = min(at, now), min(latest, now)
    if lean == "future" and latest >= now:
        at, earliest = max(at, now), max(earliest, now)
    return Moment(at, stretch.precision, expression, earliest, latest)
