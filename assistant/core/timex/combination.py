"""Merging of adjacent expressions that denote one moment: "friday" and "at 4", "thursday" and "the 12th"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.core.timex.day_terms import Anchored, Either, ReferenceFrame
from assistant.core.timex.end_points import ending
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.resolution import agree

_MOST_NAMES = 6
"""Maximum number of names merged into one day; no real message uses more."""
_LINK = re.compile(
    r"(?:(?:at|in|on|the|of|around|about|by|for|from|like|-|a|i|think|um|uh|er|yeah|probably|so|early|late|just|"
    r"sometime|it was) ?){0,5}"
)
_COMMA = re.compile(rf"[,(] ?{_LINK.pattern}")
_FULL_STOP = re.compile(r"[.!](?: [.!])*(?: at| around| about)?")
_OR = re.compile(r"(?:or|/|or maybe|or was it|maybe)(?: (?:on|the|on the))?")


def combined(
    spots: Iterable[TimeExpression], text: str, frame: ReferenceFrame, alone: bool = False
) -> list[TimeExpression]:
    """Return the time expressions of a message, merged where they denote one moment.

    Non-temporal matches and weak expressions on their own are dropped.

    Args:
        spots: matched expressions in text order.
        text: the normalized text.
        frame: now, and the day known so far.
        alone: whether a weak time of day may stand alone, because the day is known.
    """
    merged = _merged_where(
        spots, lambda one, spot: ending(one, spot, text) or _together(one, spot, text, frame)
    )
    whole = _merged_where(merged, lambda one, spot: ending(one, spot, text))  # 48 hours + at 5 today + since
    return [spot for spot in whole if not spot.mute and _says_enough(spot, alone)]


def _merged_where(
    spots: Iterable[TimeExpression],
    both_of: Callable[[TimeExpression, TimeExpression], TimeExpression | None],
) -> list[TimeExpression]:
    """Merge each expression into its predecessor where ``both_of`` returns a result."""
    merged: list[TimeExpression] = []
    for spot in spots:
        both = both_of(merged[-1], spot) if merged else None
        if both is None:
            merged.append(spot)
        else:
            merged[-1] = both
    return merged


def _says_enough(spot: TimeExpression, alone: bool) -> bool:
    if spot.clock or spot.part:
        return bool(spot.days) or alone or (spot.clock is not None and not spot.weak)
    return bool(spot.days or spot.instant)


def _together(
    one: TimeExpression, other: TimeExpression, text: str, frame: ReferenceFrame
) -> TimeExpression | None:
    """Merge two adjacent expressions if they denote one moment."""
    if one.counts == "bare" or other.counts == "bare":
        return None
    if one.mute or other.mute or one.instant or other.instant or other.shift is not None:
        return None
    between = text[one.end : other.start].strip()
    linked = _LINK.fullmatch(between) is not None
    if linked and other.days and (one.shift is not None or one.counts == "after"):
        return _shifted(one, other)
    if one.shift is not None or one.reaches or other.reaches or (one.counts and other.counts):
        return None
    if _OR.fullmatch(between) and one.days and other.days and not (one.clock or other.clock):
        return _one_of(one, other)
    if _FULL_STOP.fullmatch(between) and one.days and not (one.clock or other.days):
        linked = True  # tomorrow! 8:45
    return _merged(one, other, linked, frame) if linked or _COMMA.fullmatch(between) else None


def _shifted(one: TimeExpression, other: TimeExpression) -> TimeExpression:
    """Shift the day of ``other``.

    A shift that cannot be counted in days makes both non-temporal ("a year after christmas").
    """
    if one.shift is None:
        return TimeExpression(one.start, other.end, mute=True)
    days = tuple(Anchored(one.shift, day) for day in other.days)
    return replace(other, start=one.start, days=days, part=one.part or other.part)


def _one_of(one: TimeExpression, other: TimeExpression) -> TimeExpression:
    days = (Either(one.days[0], other.days[0]),)
    return TimeExpression(one.start, other.end, days=days, part=one.part if one.part == other.part else None)


def _merged(
    one: TimeExpression, other: TimeExpression, certain: bool, frame: ReferenceFrame
) -> TimeExpression | None:
    """Merge two expressions, unless both have a time or they are only listed in a row.

    In "yesterday, friday is the wedding" the two days contradict each other and stay apart.
    """
    if (
        len(one.days) >= _MOST_NAMES
        or (one.clock and other.clock)
        or (one.part and other.part and one.part != other.part)
    ):
        return None
    if one.days and other.days and not certain and not agree(one.days + other.days, frame):
        return None
    return TimeExpression(
        one.start,
        other.end,
        days=one.days + other.days,
        part=one.part or other.part,
        clock=one.clock or other.clock,
        weak=one.weak and other.weak,
        counts=one.counts or other.counts,
    )
