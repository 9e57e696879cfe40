"""Amounts that end at another day than today: "it will be two weeks on friday", "on monday, 3 days until"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assistant.core.timex.day_terms import Shifted
from assistant.core.timex.en import (
    AGO,
    AS_OF,
    AWAY,
    BY,
    FROM_SESSION,
    IS,
    IS_AHEAD,
    IS_THEN,
    IS_TOMORROW,
    LINK_TO_DAY,
    NAMES_SESSION,
    OF_SESSION,
    ON,
    OPENS,
    PASSED,
    SINCE,
    WAS,
    WAS_PAST,
    WILL,
)
from assistant.core.timex.expressions import Ends, TimeExpression
from assistant.core.timex.quantities import Counted, CountedTo, Elapsed, Quantity
from assistant.core.timex.types import Direction

_WINDOW = 32  # characters: enough for "it is going to have"


@dataclass(frozen=True)
class _Reach:
    """An amount between a session and another moment, counted back (-1) or on (1) from that moment."""

    amount: Quantity
    way: Literal[-1, 1]
    direction: Direction = None
    """Direction of the other moment relative to now."""


def with_end(one: TimeExpression, other: TimeExpression, text: str) -> TimeExpression | None:
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
