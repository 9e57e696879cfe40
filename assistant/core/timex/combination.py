"""Matching of a text, and merging of adjacent expressions: "friday" and "at 4", "two weeks on friday since"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.core.timex.amount_ends import with_end
from assistant.core.timex.day_terms import Anchored, Either
from assistant.core.timex.en import COMMA, FULL_STOP, LINK, OR
from assistant.core.timex.en.amount_patterns import COUNT_PATTERNS, TREATMENT_PATTERNS
from assistant.core.timex.en.calendar_patterns import DATE_PATTERNS
from assistant.core.timex.en.clock_patterns import CLOCK_PATTERNS
from assistant.core.timex.en.day_patterns import DAY_PATTERNS
from assistant.core.timex.en.week_patterns import NON_TEMPORAL_PATTERNS, WEEK_PATTERNS
from assistant.core.timex.expressions import TimeExpression, expressions
from assistant.core.timex.resolution import agree
from assistant.core.timex.types import ReferenceFrame

_PATTERNS = (
    *NON_TEMPORAL_PATTERNS, *COUNT_PATTERNS, *WEEK_PATTERNS, *TREATMENT_PATTERNS, *DAY_PATTERNS, *DATE_PATTERNS,
    *CLOCK_PATTERNS,
)  # fmt: skip

_MOST_NAMES = 6
"""Maximum number of names merged into one day; no real message uses more."""


@lru_cache(maxsize=16)
def match(text: str) -> tuple[TimeExpression, ...]:
    """Return the matches in a normalized text in order, including non-temporal ones.

    Several readers of a message need them, one after the other.
    """
    return tuple(expressions(text, _PATTERNS))


def combined(
    exprs: Iterable[TimeExpression], text: str, frame: ReferenceFrame, alone: bool = False
) -> list[TimeExpression]:
    """Return the time expressions of a message, merged where they denote one moment.

    Non-temporal matches and weak expressions on their own are dropped.

    Args:
        exprs: matched expressions in text order.
        text: the normalized text.
        frame: now, and the day known so far.
        alone: whether a weak time of day may stand alone, because the day is known.
    """
    merged = _merged_where(
        exprs, lambda one, expr: with_end(one, expr, text) or _combined(one, expr, text, frame)
    )
    whole = _merged_where(
        merged, lambda one, expr: with_end(one, expr, text)
    )  # 48 hours + at 5 today + since
    return [expr for expr in whole if not expr.non_temporal and _says_enough(expr, alone)]


def _merged_where(
    exprs: Iterable[TimeExpression],
    both_of: Callable[[TimeExpression, TimeExpression], TimeExpression | None],
) -> list[TimeExpression]:
    """Merge each expression into its predecessor where ``both_of`` returns a result."""
    merged: list[TimeExpression] = []
    for expr in exprs:
        both = both_of(merged[-1], expr) if merged else None
        if both is None:
            merged.append(expr)
        else:
            merged[-1] = both
    return merged


def _says_enough(expr: TimeExpression, alone: bool) -> bool:
    if expr.clock or expr.part:
        return bool(expr.days) or alone or (expr.clock is not None and not expr.weak)
    return bool(expr.days or expr.instant)


def _combined(
    one: TimeExpression, other: TimeExpression, text: str, frame: ReferenceFrame
) -> TimeExpression | None:
    """Merge two adjacent expressions if they denote one moment."""
    if one.counts == "bare" or other.counts == "bare":
        return None
    if one.non_temporal or other.non_temporal or one.instant or other.instant or other.shift is not None:
        return None
    between = text[one.end : other.start].strip()
    linked = LINK.fullmatch(between) is not None
    if linked and other.days and (one.shift is not None or one.counts == "after"):
        return _shifted(one, other)
    if one.shift is not None or one.reaches or other.reaches or (one.counts and other.counts):
        return None
    if OR.fullmatch(between) and one.days and other.days and not (one.clock or other.clock):
        return _one_of(one, other)
    if FULL_STOP.fullmatch(between) and one.days and not (one.clock or other.days):
        linked = True  # tomorrow! 8:45
    return _merged(one, other, linked, frame) if linked or COMMA.fullmatch(between) else None


def _shifted(one: TimeExpression, other: TimeExpression) -> TimeExpression:
    """Shift the day of ``other``.

    A shift that cannot be counted in days makes both non-temporal ("a year after christmas").
    """
    if one.shift is None:
        return TimeExpression(one.start, other.end, non_temporal=True)
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
