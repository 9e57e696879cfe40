"""Resolution of time expressions: candidate dates, ambiguities and the bounds of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from assistant.core.timex.day_terms import OnWeekday, Shifted, only_likely
from assistant.core.timex.expressions import Ends, TimeExpression
from assistant.core.timex.quantities import Counted, CountedTo, Elapsed
from assistant.core.timex.types import (
    FARTHEST,
    Ambiguous,
    AmbiguousReason,
    Day,
    Direction,
    Interval,
    InvalidDateError,
    Moment,
    Options,
    Precision,
    ReferenceFrame,
    Refused,
    on_the_clock,
)


def intersection(days: tuple[Day, ...], frame: ReferenceFrame) -> Options:
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
        return _conflicting(first, others, frame)
    return _in_direction(replace(options, days=left), frame)


def agree(days: tuple[Day, ...], frame: ReferenceFrame) -> bool:
    """Return True if names in a row can refer to one day."""
    if any(isinstance(day, Counted) for day in days):
        return False
    try:
        return intersection(days, frame).reason != "weekday_differs"
    except InvalidDateError:
        return False


def _admitted(
    days: tuple[date, ...] | list[date], others: list[Day], frame: ReferenceFrame
) -> tuple[date, ...]:
    return tuple(day for day in days if all(other.admits(day, frame) for other in others))


def _conflicting(first: Day, others: list[Day], frame: ReferenceFrame) -> Options:
    days = {day for name in (first, *others) for day in _in_direction(name.options(frame), frame).days}
    return Options(tuple(sorted(days)), "weekday_differs")


def _in_direction(options: Options, frame: ReferenceFrame) -> Options:
    """Drop dates in the wrong direction, unless the direction is ambiguous or none would be left."""
    if options.reason == "past_or_future":
        return options
    suiting = tuple(day for day in options.days if frame.suits(day))
    if options.reason == "day_or_month" and frame.direction == "future":
        suiting = only_likely(suiting, frame.today)
    return replace(options, days=suiting) if suiting else options


def both_directions(expr: TimeExpression, intervals: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    """Return the intervals as worded, and as they would be in the direction of the rest of the sentence."""
    other: list[Interval] = []
    for interval in intervals:
        days = _to_other_side(expr, interval.at.date(), frame)
        if days is not None:
            other.append(_moved(interval, days))
    return sorted(intervals + other, key=lambda interval: interval.at)


def _to_other_side(expr: TimeExpression, day: date, frame: ReferenceFrame) -> int | None:
    """Return the days to shift by: tomorrow becomes yesterday, a weekday the one before or after."""
    away = (day - frame.today).days
    sign = -1 if frame.direction == "past" else 1
    if away == 0:
        return sign
    if any(isinstance(name, (Shifted, Counted)) for name in expr.days):
        return -2 * away
    if any(isinstance(name, OnWeekday) for name in expr.days):
        return sign * 7 * (abs(away) // 7 + 1)
    return None


def _moved(interval: Interval, days: int) -> Interval:
    """Return the same local times on another day."""
    at, earliest, latest = (
        moment + timedelta(days=days) for moment in (interval.at, interval.earliest, interval.latest)
    )
    return Interval(at, earliest, latest, interval.precision)


_MOST_CHOICES = 14
_DAY = timedelta(days=1)


def resolved(
    expr: TimeExpression, expression: str, frame: ReferenceFrame, stated: bool
) -> Moment | Ambiguous | Refused | None:
    """Resolve a time expression.

    Args:
        expr: a merged expression of the message.
        expression: its original wording.
        frame: now, the intended direction and the day known so far.
        stated: whether adjacent words state the direction, so that an expression for the other one contradicts them.

    Returns:
        None if the expression counts from a day that is not known.
    """
    try:
        frame = replace(frame, direction=_fixed_direction(expr, frame) or frame.direction)
        intervals, reason = _intervals(expr, frame)
        if not intervals:
            return None
        intervals = _within_reach(intervals, frame)
        fitting = [
            interval for interval in intervals if reason == "past_or_future" or _on_side(interval, frame)
        ]
        if not fitting and stated:
            fitting, reason = both_directions(expr, intervals, frame), "past_or_future"
            return Ambiguous(
                reason, tuple(_moment(interval, expression, None, frame) for interval in fitting), expression
            )
    except InvalidDateError as error:
        return Refused(error.reason, expression)
    if len(fitting or intervals) > _MOST_CHOICES:
        return Ambiguous(reason, (), expression)
    direction = None if reason == "past_or_future" else frame.direction
    moments = [_moment(interval, expression, direction, frame) for interval in fitting or intervals]
    if len(moments) == 1:
        guessed = expr.instant is None and _day_is_guessed(expr, frame, moments[0])
        return Ambiguous("which_day", tuple(moments), expression) if guessed else moments[0]
    return Ambiguous(reason, tuple(moments), expression)


def _fixed_direction(expr: TimeExpression, frame: ReferenceFrame) -> Direction:
    """Return the direction fixed by "ago" or "since", which no context changes."""
    if expr.ends:
        return _side_of([interval.at.date() for interval in _ended(expr, expr.ends, frame)], frame)
    if len(expr.days) == 1 and isinstance(expr.days[0], CountedTo):
        return _side_of(expr.days[0].options(frame).days, frame)
    counted = (*expr.days, expr.instant)
    behind = any(isinstance(name, (Counted, Elapsed)) and name.way == -1 for name in counted)
    return "past" if behind else None


def _side_of(days: Iterable[date], frame: ReferenceFrame) -> Direction:
    """Return the direction that all days have in common, or None."""
    days = tuple(days)
    if all(day < frame.today for day in days):
        return "past"
    return "future" if all(day > frame.today for day in days) else None


def _ended(expr: TimeExpression, ends: Ends, frame: ReferenceFrame) -> list[Interval]:
    """Return the moments that are the given amount away from the ones named."""
    said, _ = _intervals(replace(expr, ends=None), replace(frame, direction=ends.direction))
    on_its_side = [each for each in said if _on_side(each, replace(frame, direction=ends.direction))]
    counted = Elapsed(ends.amount, ends.way)
    return [moment for each in on_its_side for moment in counted.intervals(replace(frame, now=each.at))]


def _intervals(expr: TimeExpression, frame: ReferenceFrame) -> tuple[list[Interval], AmbiguousReason]:
    if expr.instant is not None:
        return expr.instant.intervals(frame), "time_of_day"
    if expr.ends:
        return _ended(expr, expr.ends, frame), "time_of_day"
    options = _options(expr, frame)
    times = expr.clock.times(expr.part) if expr.clock else None
    if options.spanned and times is None and expr.part is None:
        return [_spanned(options.days, expr, frame)], options.reason
    intervals: list[Interval] = []
    for day in sorted(options.days):
        if times is None:
            intervals.append(_part_of(day, expr, frame))
        else:
            intervals += [at for after in times if (at := _at(day, after, frame)) not in intervals]
    intervals = intervals if expr.days or frame.known else _last_of_today(intervals, frame)
    if options.reason == "past_or_future":
        return intervals, options.reason
    suiting = [interval for interval in intervals if _on_side(interval, frame)]
    several_days = (
        len({interval.at.date() for interval in suiting or intervals}) > 1 and len(options.days) > 1
    )
    return intervals, options.reason if several_days else "time_of_day"


def _spanned(days: tuple[date, ...], expr: TimeExpression, frame: ReferenceFrame) -> Interval:
    first, last = (_part_of(day, expr, frame) for day in (min(days), max(days)))
    return replace(_part_of(days[0], expr, frame), earliest=first.earliest, latest=last.latest)


def _last_of_today(intervals: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    """Restrict a past time without a day to today, if it has been: "it ended at 3"."""
    if frame.direction != "past":
        return intervals
    return [each for each in intervals if each.at.date() == frame.today and each.at <= frame.now] or intervals


def _within_reach(intervals: list[Interval], frame: ReferenceFrame) -> list[Interval]:
    reach = timedelta(days=FARTHEST + 1)
    near = [interval for interval in intervals if abs(interval.at - frame.now) <= reach]
    if not near:
        raise InvalidDateError("too_far")
    return near


def _options(expr: TimeExpression, frame: ReferenceFrame) -> Options:
    """Return the candidate days; a bare time of day is on the known day, or else near today."""
    if expr.days:
        return intersection(expr.days, frame)
    if frame.known:
        return Options((frame.known,))
    nearby = {"past": (-1, 0), "future": (0, 1)}.get(frame.direction or "", (-1, 0, 1))
    return Options(tuple(frame.today + days * _DAY for days in nearby))


def _day_is_guessed(expr: TimeExpression, frame: ReferenceFrame, moment: Moment) -> bool:
    return not expr.days and frame.known is None and moment.at.date() != frame.today


def _part_of(day: date, expr: TimeExpression, frame: ReferenceFrame) -> Interval:
    part = expr.part
    begins, middle, ends = (part.begins, part.middle, part.ends) if part else (0.0, 12.0, 24.0)
    precision: Precision = "part_of_day" if part else "day"
    earliest, at = (_at(day, timedelta(hours=hours), frame).at for hours in (begins, middle))
    latest = _at(day, timedelta(hours=ends, minutes=-1), frame).at
    return Interval(at, earliest, latest, precision)


def _at(day: date, after: timedelta, frame: ReferenceFrame) -> Interval:
    zone = frame.now.tzinfo
    assert zone is not None
    naive = datetime.combine(day, time()) + after
    at = on_the_clock(naive, zone, frame.direction)
    if frame.direction == "past" and at > frame.now:
        at = on_the_clock(naive, zone, None)  # the repeated hour has not come yet
    return Interval(at, at, at)


def _on_side(interval: Interval, frame: ReferenceFrame) -> bool:
    if frame.direction == "past":
        return interval.earliest <= frame.now
    return frame.direction is None or interval.latest >= frame.now.replace(second=0, microsecond=0)


def _moment(interval: Interval, expression: str, direction: Direction, frame: ReferenceFrame) -> Moment:
    """Restrict an interval to its direction: what has happened did not happen after now."""
    now = frame.now.replace(second=0, microsecond=0)
    at, earliest, latest = interval.at, interval.earliest, interval.latest
    if direction == "past" and earliest <= now:
        at, latest = min(at, now), min(latest, now)
    if direction == "future" and latest >= now:
        at, earliest = max(at, now), max(earliest, now)
    return Moment(at, interval.precision, expression, earliest, latest)
