"""Matching of a text, and merging of adjacent expressions: "friday" and "at 4", "two weeks on friday since"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.core.timex.day_terms import Anchored, Either, Shifted
from assistant.core.timex.en import (
    AGO,
    AS_OF,
    AWAY,
    BY,
    COMMA,
    FROM_SESSION,
    FULL_STOP,
    IS,
    IS_AHEAD,
    IS_THEN,
    IS_TOMORROW,
    LINK,
    LINK_TO_DAY,
    NAMES_SESSION,
    OF_SESSION,
    ON,
    OPENS,
    OR,
    PASSED,
    SINCE,
    WAS,
    WAS_PAST,
    WILL,
)
from assistant.core.timex.en.amount_patterns import COUNT_PATTERNS, TREATMENT_PATTERNS
from assistant.core.timex.en.calendar_patterns import CLOCK_PATTERNS, DATE_PATTERNS
from assistant.core.timex.en.day_patterns import DAY_PATTERNS
from assistant.core.timex.en.week_patterns import NON_TEMPORAL_PATTERNS, WEEK_PATTERNS
from assistant.core.timex.expressions import Ends, TimeExpression, expressions
from assistant.core.timex.quantities import Counted, CountedTo, Elapsed, Quantity
from assistant.core.timex.resolution import agree
from assistant.core.timex.types import Direction, ReferenceFrame

_PATTERNS = (
    *NON_TEMPORAL_PATTERNS, *COUNT_PATTERNS, *WEEK_PATTERNS, *TREATMENT_PATTERNS, *DAY_PATTERNS, *DATE_PATTERNS,
    *CLOCK_PATTERNS,
)  # fmt: skip


@lru_cache(maxsize=16)
def match(text: str) -> tuple[TimeExpression, ...]:
    """Return the matches in a normalized text in order, including non-temporal ones.

    Several readers of a message need them, one after the other.
    """
    return tuple(expressions(text, _PATTERNS))


_MOST_NAMES = 6
"""Maximum number of names merged into one day; no real message uses more."""


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
        exprs, lambda one, expr: _with_end(one, expr, text) or _combined(one, expr, text, frame)
    )
    whole = _merged_where(
        merged, lambda one, expr: _with_end(one, expr, text)
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


_WINDOW = 32  # characters: enough for "it is going to have"


@dataclass(frozen=True)
class _Reach:
    """An amount between a session and another moment, counted back (-1) or on (1) from that moment."""

    amount: Quantity
    way: Literal[-1, 1]
    direction: Direction = None
    """Direction of the other moment relative to now."""


def _with_end(one: TimeExpression, other: TimeExpression, text: str) -> TimeExpression | None:
    """Merge an amount and the day at which it ends, in either order; None if they are something else."""
    between = text[one.end : other.start].strip()
    if one.reaches is not None:
        return _reaching(one, one.reaches, other, between, text)
    if other.reaches is not None and _is_a_day(one) and between in ("", ","):
        return _passing(one, other, other.reaches, text)
    reach = _reach(other, text)
    if reach is not None and (_is_a_day(one) or _is_a_minute(one)) and _elapsed(one, text) is None:
        direction = _direction(one, between, text)
        return _ended(one, other, one, replace(reach, direction=direction), text) if direction else None
    return _ending_at(one, other, between, text) if _is_a_day(other) else None


def _ending_at(one: TimeExpression, other: TimeExpression, between: str, text: str) -> TimeExpression | None:
    """Merge an amount with the day after it, at which it ends."""
    if one.counts == "day" and not between and _shift(other) == 0:
        return replace(one, end=other.end)  # two weeks post today
    counted = _elapsed(one, text)
    if counted is None:
        return None
    if one.counts == "day" and ON.match(text, one.end):
        direction = _side(_before(one, text), between)
        return _ended(one, other, other, _Reach(counted, -1, direction), text)
    leads_on = _leads_on(one, other, between, text)
    return _ended(one, other, other, _Reach(counted, -1, "future"), text) if leads_on else None


def reaches_a_day(expr: TimeExpression) -> bool:
    """Return True if an expression consists of an amount and the day or minute at which that ends."""
    return expr.ends is not None or any(isinstance(day, CountedTo) for day in expr.days)


def is_to_come(expr: TimeExpression, text: str) -> bool:
    """Return True if an amount is not counted from now: "it will be two weeks since", "it was two weeks until"."""
    if reaches_a_day(expr):
        return False
    if expr.counts == "until":
        return WAS.search(_before(expr, text)) is not None
    counted = (*expr.days, expr.instant)
    passed = any(isinstance(each, (Counted, Elapsed)) and each.way == -1 for each in counted)
    return passed and _will_be(expr, text)


def _elapsed(expr: TimeExpression, text: str) -> Quantity | None:
    """Return the days that have passed according to an expression, if they need not end today.

    "Ago" always counts from now.
    """
    day = expr.days[0] if len(expr.days) == 1 else None
    from_now = expr.counts in ("after", "bare", "until") or AGO.search(text[expr.start : expr.end])
    if from_now or not isinstance(day, Counted) or day.way != -1 or day.start:
        return None
    return day.amount


def _reach(expr: TimeExpression, text: str) -> _Reach | None:
    """Return the amount in an expression that follows a day and a word for "is".

    It is the time since, after or until the session.
    """
    of_any = expr.counts == "after" or (expr.shift is not None and not expr.days)
    if (
        expr.counts == "bare"
        or AGO.search(text[expr.start : expr.end])
        or (of_any and not _of_session(expr, text))
    ):
        return None
    if isinstance(expr.instant, Elapsed) and expr.clock is None:
        return _Reach(expr.instant.amount, expr.instant.way)
    day = expr.days[0] if len(expr.days) == 1 else None
    if isinstance(day, Counted) and not day.start:
        ahead = day.way == 1 and (expr.counts == "until" or AWAY.search(text[expr.start : expr.end]))
        return _Reach(day.amount, 1) if ahead else _Reach(day.amount, -1) if day.way == -1 else None
    if expr.weak and not expr.days and (expr.shift or 0) < 0:
        return _Reach(Quantity(-(expr.shift or 0), -(expr.shift or 0), "day"), 1)
    return None


def _of_session(expr: TimeExpression, text: str) -> bool:
    """Return True if the session or a clause about it follows.

    Examples: "2 weeks after my session", "3 days after i had it".
    """
    return OF_SESSION.match(text, expr.end) is not None


def _reaching(
    one: TimeExpression, amount: Quantity, other: TimeExpression, between: str, text: str
) -> TimeExpression | None:
    if not _is_a_day(other) or not LINK_TO_DAY.fullmatch(between) or not SINCE.match(text, other.end):
        return None
    direction = _side(_before(one, text), between)
    return _ended(one, other, other, _Reach(amount, -1, direction), text)


def _passing(
    one: TimeExpression, other: TimeExpression, amount: Quantity, text: str
) -> TimeExpression | None:
    """Merge a day and the time that will have passed by then: "come monday, two weeks will have passed since"."""
    passed = PASSED.match(text, other.end)
    if passed is None:
        return None
    direction: Direction = "future" if passed["will"] else "past"
    return _ended(one, other, one, _Reach(amount, -1, direction), text)


def _side(before: str, between: str) -> Direction:
    """Return the direction of the words before an amount: "it will be", "its", "it was"."""
    if WILL.search(before) or IS.search(before) or between.startswith("will "):
        return "future"
    return "past" if WAS.search(before) or between.startswith("had ") else None


def _direction(day: TimeExpression, between: str, text: str) -> Direction:
    """Return the direction of a day that is followed by "it will be", "is" or "was", and an amount."""
    if WAS_PAST.fullmatch(between):
        return "past"
    today = _shift(day)
    if today == 0 and not (day.clock or day.part):
        return None
    before = _before(day, text)
    opens = AS_OF.search(before) or ((today or 0) >= 0 and OPENS.search(before))
    is_now = IS_TOMORROW if today else IS_THEN
    ahead = IS_AHEAD.fullmatch(between) or (opens and is_now.fullmatch(between))
    return "future" if ahead else None


def _leads_on(one: TimeExpression, other: TimeExpression, between: str, text: str) -> bool:
    """Return True if an amount ends at the day after it: "ill be two weeks post on friday", "day 7 tomorrow"."""
    linked = LINK_TO_DAY.fullmatch(between) is not None or FROM_SESSION.fullmatch(between) is not None
    return linked and (_will_be(one, text) or (one.counts == "day" and (_shift(other) or 0) > 0))


def _will_be(expr: TimeExpression, text: str) -> bool:
    return WILL.search(_before(expr, text)) is not None


def _before(expr: TimeExpression, text: str) -> str:
    return text[max(expr.start - _WINDOW, 0) : expr.start].strip()


def _is_a_day(expr: TimeExpression) -> bool:
    return len(expr.days) == 1 and expr.shift is None and not expr.counts and not expr.non_temporal


def _is_a_minute(expr: TimeExpression) -> bool:
    """Return True for a time of day that needs no day: "at 9 pm it is 24 hours since"."""
    return expr.clock is not None and not (expr.days or expr.weak or expr.counts or expr.non_temporal)


def _shift(expr: TimeExpression) -> int | None:
    day = expr.days[0] if expr.days else Shifted(0)
    return day.days if isinstance(day, Shifted) else None


def _ended(
    one: TimeExpression, other: TimeExpression, at: TimeExpression, reach: _Reach, text: str
) -> TimeExpression | None:
    """Merge both into the day, or the minute if the amount is in hours, that lies at the distance from ``at``."""
    by = BY.search(text, max(one.start - 6, 0), one.start)
    start = by.start() if by else one.start
    at = at if at.days else replace(at, days=(Shifted(0),))
    of_session: Literal["", "until"] = "until" if NAMES_SESSION.search(text[one.end : other.start]) else ""
    whole = replace(
        at, start=start, end=other.end, counts=one.counts or other.counts or of_session, weak=False
    )
    if reach.amount.unit in ("second", "minute", "hour"):
        return replace(whole, ends=Ends(reach.amount, reach.way, reach.direction)) if at.clock else None
    return replace(whole, days=(CountedTo(reach.amount, at.days[0], reach.direction, reach.way),))
