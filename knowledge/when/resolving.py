"""From an expression to the moment that it says, or to what is open or wrong about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from knowledge.when.choosing import chosen
from knowledge.when.contradicting import both_sides
from knowledge.when.counted import Counted, CountedTo
from knowledge.when.days import FARTHEST, Frame, Options, UnrealError
from knowledge.when.found import Ambiguous, AmbiguousReason, Lean, Moment, Precision, Refused
from knowledge.when.instants import Elapsed, Stretch
from knowledge.when.spots import Ends, Spot
from knowledge.when.zones import on_the_clock

_MOST_CHOICES = 14
_DAY = timedelta(days=1)


def resolved(spot: Spot, expression: str, frame: Frame, stated: bool) -> Moment | Ambiguous | Refused | None:
    """What a spot says.

    Args:
        spot: an expression of the message, whole.
        expression: its words as they were written.
        frame: now, the side that is meant and the day known so far.
        stated: whether the words next to it say that side, so that an expression for the other one contradicts.

    Returns:
        None where it counts from a day that is not known.
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


def _own_side(spot: Spot, frame: Frame) -> Lean:
    """Of "ago" and "since": no word around it changes that."""
    if spot.ends:
        return _side_of([stretch.at.date() for stretch in _ended(spot, spot.ends, frame)], frame)
    if len(spot.days) == 1 and isinstance(spot.days[0], CountedTo):
        return _side_of(spot.days[0].options(frame).days, frame)
    counted = (*spot.days, spot.instant)
    behind = any(isinstance(name, (Counted, Elapsed)) and name.way == -1 for name in counted)
    return "past" if behind else None


def _side_of(days: Iterable[date], frame: Frame) -> Lean:
    """The side of now that all those days are on."""
    days = tuple(days)
    if all(day < frame.today for day in days):
        return "past"
    return "future" if all(day > frame.today for day in days) else None


def _ended(spot: Spot, ends: Ends, frame: Frame) -> list[Stretch]:
    """The moments that lie so many hours from the ones that the spot says."""
    said, _ = _stretches(replace(spot, ends=None), replace(frame, lean=ends.lean))
    on_its_side = [each for each in said if _on_side(each, replace(frame, lean=ends.lean))]
    counted = Elapsed(ends.amount, ends.way)
    return [moment for each in on_its_side for moment in counted.stretches(replace(frame, now=each.at))]


def _stretches(spot: Spot, frame: Frame) -> tuple[list[Stretch], AmbiguousReason]:
    if spot.instant is not None:
        return spot.instant.stretches(frame), "time_of_day"
    if spot.ends:
        return _ended(spot, spot.ends, frame), "time_of_day"
    options = _options(spot, frame)
    times = spot.clock.times(spot.part) if spot.clock else None
    if options.spanned and times is None and spot.part is None:
        return [_spanned(options.days, spot, frame)], options.reason
    stretches: list[Stretch] = []
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


def _spanned(days: tuple[date, ...], spot: Spot, frame: Frame) -> Stretch:
    first, last = (_part_of(day, spot, frame) for day in (min(days), max(days)))
    return replace(_part_of(days[0], spot, frame), earliest=first.earliest, latest=last.latest)


def _last_of_today(stretches: list[Stretch], frame: Frame) -> list[Stretch]:
    """Of a time without a day that has been today, today's: "it ended at 3"."""
    if frame.lean != "past":
        return stretches
    return [each for each in stretches if each.at.date() == frame.today and each.at <= frame.now] or stretches


def _within_reach(stretches: list[Stretch], frame: Frame) -> list[Stretch]:
    reach = timedelta(days=FARTHEST + 1)
    near = [stretch for stretch in stretches if abs(stretch.at - frame.now) <= reach]
    if not near:
        raise UnrealError("too_far")
    return near


def _options(spot: Spot, frame: Frame) -> Options:
    """The days; a time of day alone belongs to the day that is known, or near today."""
    if spot.days:
        return chosen(spot.days, frame)
    if frame.known:
        return Options((frame.known,))
    nearby = {"past": (-1, 0), "future": (0, 1)}.get(frame.lean or "", (-1, 0, 1))
    return Options(tuple(frame.today + days * _DAY for days in nearby))


def _day_is_guessed(spot: Spot, frame: Frame, moment: Moment) -> bool:
    return not spot.days and frame.known is None and moment.at.date() != frame.today


def _part_of(day: date, spot: Spot, frame: Frame) -> Stretch:
    part = spot.part
    begins, middle, ends = (part.begins, part.middle, part.ends) if part else (0.0, 12.0, 24.0)
    precision: Precision = "part_of_day" if part else "day"
    earliest, at = (_at(day, timedelta(hours=hours), frame).at for hours in (begins, middle))
    latest = _at(day, timedelta(hours=ends, minutes=-1), frame).at
    return Stretch(at, earliest, latest, precision)


def _at(day: date, after: timedelta, frame: Frame) -> Stretch:
    zone = frame.now.tzinfo
    assert zone is not None
    naive = datetime.combine(day, time()) + after
    at = on_the_clock(naive, zone, frame.lean)
    if frame.lean == "past" and at > frame.now:
        at = on_the_clock(naive, zone, None)  # the second of two like hours has not come yet
    return Stretch(at, at, at)


def _on_side(stretch: Stretch, frame: Frame) -> bool:
    if frame.lean == "past":
        return stretch.earliest <= frame.now
    return frame.lean is None or stretch.latest >= frame.now.replace(second=0, microsecond=0)


def _moment(stretch: Stretch, expression: str, lean: Lean, frame: Frame) -> Moment:
    """Within the side that is meant: what has happened has not happened after now."""
    now = frame.now.replace(second=0, microsecond=0)
    at, earliest, latest = stretch.at, stretch.earliest, stretch.latest
    if lean == "past" and earliest <= now:
        at, latest = min(at, now), min(latest, now)
    if lean == "future" and latest >= now:
        at, earliest = max(at, now), max(earliest, now)
    return Moment(at, stretch.precision, expression, earliest, latest)
