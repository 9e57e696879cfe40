"""Amounts of time that end at a day other than today.

Examples: "two weeks on friday since", "on sunday it's ten days until".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.core.timex.day_terms import Shifted
from assistant.core.timex.en.treatment_cues import TREATMENT
from assistant.core.timex.expressions import Ends, TimeExpression
from assistant.core.timex.instants import Elapsed
from assistant.core.timex.quantities import Counted, CountedTo, Quantity
from assistant.core.timex.types import Lean

_WINDOW = 32  # characters: enough for "it is going to have"
_SURELY = "still|exactly|about|already|only|just|nearly|almost|still"
_REACH = "gone|hit|hitting|hits|reach|reached|reaching|turn|turning|past|up to"
_WILL = re.compile(
    r"(?<!\S)(?:will|shall|ll|i?tll|ill|thatll|itd|would|gonna|going to)"
    rf"(?: (?:have|be|been|make it|mark|at|{_REACH}|{_SURELY}))*$"
)
_IS = re.compile(rf"(?<!\S)(?:its|it is|s|marks|makes(?: it)?)(?: (?:{_SURELY}))?$")
_WAS = re.compile(r"(?<!\S)(?:was|were)(?: \w+)?$")
_SESSION = (
    r"(?:(?:my|the|our) (?:next |last )?(?:session|appointment|treatment|(?:micro ?-? ?)?needling|derma ?pen|skin ?pen|"
    r"facial|procedure|slot))"
)
_NAMES_SESSION = re.compile(rf"(?<!\S){_SESSION}(?!\S)")
_THERE = rf"(?:(?:it|that|this|there|i|we|{_SESSION}) )"
_IS_AHEAD = re.compile(
    rf"(?:(?:, ?)?(?:{_THERE}(?:will|ll|is (?:gonna|going to))|itll|thatll|therell|ill|(?:im|its) (?:gonna|going to))|"
    r"will|=|(?:is|s) when (?:im|i am|its)|(?:it )?(?:marks?|makes?|leaves)|is|s)"
    rf"(?: (?:have|be|been|mark|make|it|at|on|{_REACH}|{_SURELY})){{0,4}}"
)
_IS_TOMORROW = re.compile(
    rf"(?:, ?)?(?:im|i am|its|it is|{_SESSION} (?:is|s)|i hit|ill hit|we hit|theres|there (?:is|are)|it has|that has|"
    rf"ive got|i have|i)?(?: (?:at|on|{_REACH}|{_SURELY})){{0,2}}"
)
_IS_THEN = re.compile(
    rf"(?:, ?)?(?:im|i am|its|it is|{_SESSION} (?:is|s)|it has|ive|that has|theres|there (?:is|are)|ive got|"
    rf"i have|i(?= ))(?: (?:at|on|{_REACH}|{_SURELY})){{0,2}}"
)
_OPENS = re.compile(
    r"(?:^|[.,!?;]|(?<!\S)(?:and|so|but|hi|hey|hello|come|by|as of|from))(?:(?: |^)(?:on|at))?$"
)
_WAS_BEHIND = re.compile(
    rf"(?:, ?)?{_THERE}?(?:was|were|had|marked|made(?: it)?)(?: (?:been|{_SURELY})){{0,2}}"
)
_AS_OF = re.compile(r"(?<!\S)(?:as of|as at|up to)$")
_ON = re.compile(r" (?:on|as of|by|come) ")
_AWAY = re.compile(r" (?:away|to go)$")
_AGO = re.compile(r" (?:ago|back)(?!\S)")
_BY = re.compile(r"(?<!\S)(?:by|on|come|as of|as at) $")
_SINCE = re.compile(r"(?: ,)? (?:since|that i|after i|from when)(?!\S)")
_PASSED = re.compile(
    r" (?:(?P<will>will have|will be|have|has|is|are)|had|were|was)(?: (?:passed|gone(?: by)?|elapsed|been|over|up))?"
    r"(?: ,)? (?:since|that i|after i|from when)(?!\S)"
)
_LINK = re.compile(
    r"(?:, )?(?:(?:on|this|next|coming|come|the|of|by|it|is|s|will|have|had|has|passed|gone|been)(?: |$)){0,6}"
)
_FROM_SESSION = re.compile(
    r"(?:(?!(?:and|but|so|then|if|when|is|are|was|will|ill|can|could|may|should|last)(?!\S))[a-z]+(?: |$)){0,6}"
)
"""Words for the session between an amount and the day at which it ends: "i got needled", "my session on"."""

_OF_SESSION = re.compile(
    rf" (?:(?:the|my|our|having|getting|i|we|they|you|when|had|got|did|get|have|last|next|\d(?:st|nd|rd|th)) ){{0,4}}"
    rf"(?:{TREATMENT.pattern})"
)


@dataclass(frozen=True)
class _Reach:
    """An amount between a session and another moment, counted back (-1) or on (1) from that moment."""

    amount: Quantity
    way: Literal[-1, 1]
    lean: Lean = None
    """Direction of the other moment relative to now."""


def ending(one: TimeExpression, other: TimeExpression, text: str) -> TimeExpression | None:
    """Merge an amount and the day at which it ends, in either order; None if they are something else."""
    between = text[one.end : other.start].strip()
    if one.reaches is not None:
        return _reaching(one, one.reaches, other, between, text)
    if other.reaches is not None and _is_a_day(one) and between in ("", ","):
        return _passing(one, other, other.reaches, text)
    reach = _reach(other, text)
    if reach is not None and (_is_a_day(one) or _is_a_minute(one)) and _elapsed(one, text) is None:
        lean = _lean(one, between, text)
        return _ended(one, other, one, replace(reach, lean=lean), text) if lean else None
    return _ending_at(one, other, between, text) if _is_a_day(other) else None


def _ending_at(one: TimeExpression, other: TimeExpression, between: str, text: str) -> TimeExpression | None:
    """Merge an amount with the day after it, at which it ends."""
    if one.counts == "day" and not between and _shift(other) == 0:
        return replace(one, end=other.end)  # two weeks post today
    counted = _elapsed(one, text)
    if counted is None:
        return None
    if one.counts == "day" and _ON.match(text, one.end):
        lean = _side(_before(one, text), between)
        return _ended(one, other, other, _Reach(counted, -1, lean), text)
    leads_on = _leads_on(one, other, between, text)
    return _ended(one, other, other, _Reach(counted, -1, "future"), text) if leads_on else None


def reaches_a_day(spot: TimeExpression) -> bool:
    """Return True if an expression consists of an amount and the day or minute at which that ends."""
    return spot.ends is not None or any(isinstance(day, CountedTo) for day in spot.days)


def is_to_come(spot: TimeExpression, text: str) -> bool:
    """Return True if an amount is not counted from now: "it will be two weeks since", "it was two weeks until"."""
    if reaches_a_day(spot):
        return False
    if spot.counts == "until":
        return _WAS.search(_before(spot, text)) is not None
    counted = (*spot.days, spot.instant)
    passed = any(isinstance(each, (Counted, Elapsed)) and each.way == -1 for each in counted)
    return passed and _will_be(spot, text)


def _elapsed(spot: TimeExpression, text: str) -> Quantity | None:
    """Return the days that have passed according to an expression, if they need not end today.

    "Ago" always counts from now.
    """
    day = spot.days[0] if len(spot.days) == 1 else None
    from_now = spot.counts in ("after", "bare", "until") or _AGO.search(text[spot.start : spot.end])
    if from_now or not isinstance(day, Counted) or day.way != -1 or day.start:
        return None
    return day.amount


def _reach(spot: TimeExpression, text: str) -> _Reach | None:
    """Return the amount in an expression that follows a day and a word for "is".

    It is the time since, after or until the session.
    """
    of_any = spot.counts == "after" or (spot.shift is not None and not spot.days)
    if (
        spot.counts == "bare"
        or _AGO.search(text[spot.start : spot.end])
        or (of_any and not _of_session(spot, text))
    ):
        return None
    if isinstance(spot.instant, Elapsed) and spot.clock is None:
        return _Reach(spot.instant.amount, spot.instant.way)
    day = spot.days[0] if len(spot.days) == 1 else None
    if isinstance(day, Counted) and not day.start:
        ahead = day.way == 1 and (spot.counts == "until" or _AWAY.search(text[spot.start : spot.end]))
        return _Reach(day.amount, 1) if ahead else _Reach(day.amount, -1) if day.way == -1 else None
    if spot.weak and not spot.days and (spot.shift or 0) < 0:
        return _Reach(Quantity(-(spot.shift or 0), -(spot.shift or 0), "day"), 1)
    return None


def _of_session(spot: TimeExpression, text: str) -> bool:
    """Return True if the session or a clause about it follows.

    Examples: "2 weeks after my session", "3 days after i had it".
    """
    return _OF_SESSION.match(text, spot.end) is not None


def _reaching(
    one: TimeExpression, amount: Quantity, other: TimeExpression, between: str, text: str
) -> TimeExpression | None:
    if not _is_a_day(other) or not _LINK.fullmatch(between) or not _SINCE.match(text, other.end):
        return None
    lean = _side(_before(one, text), between)
    return _ended(one, other, other, _Reach(amount, -1, lean), text)


def _passing(
    one: TimeExpression, other: TimeExpression, amount: Quantity, text: str
) -> TimeExpression | None:
    """Merge a day and the time that will have passed by then: "come monday, two weeks will have passed since"."""
    passed = _PASSED.match(text, other.end)
    if passed is None:
        return None
    lean: Lean = "future" if passed["will"] else "past"
    return _ended(one, other, one, _Reach(amount, -1, lean), text)


def _side(before: str, between: str) -> Lean:
    """Return the direction of the words before an amount: "it will be", "its", "it was"."""
    if _WILL.search(before) or _IS.search(before) or between.startswith("will "):
        return "future"
    return "past" if _WAS.search(before) or between.startswith("had ") else None


def _lean(day: TimeExpression, between: str, text: str) -> Lean:
    """Return the direction of a day that is followed by "it will be", "is" or "was", and an amount."""
    if _WAS_BEHIND.fullmatch(between):
        return "past"
    today = _shift(day)
    if today == 0 and not (day.clock or day.part):
        return None
    before = _before(day, text)
    opens = _AS_OF.search(before) or ((today or 0) >= 0 and _OPENS.search(before))
    is_now = _IS_TOMORROW if today else _IS_THEN
    ahead = _IS_AHEAD.fullmatch(between) or (opens and is_now.fullmatch(between))
    return "future" if ahead else None


def _leads_on(one: TimeExpression, other: TimeExpression, between: str, text: str) -> bool:
    """Return True if an amount ends at the day after it: "ill be two weeks post on friday", "day 7 tomorrow"."""
    linked = _LINK.fullmatch(between) is not None or _FROM_SESSION.fullmatch(between) is not None
    return linked and (_will_be(one, text) or (one.counts == "day" and (_shift(other) or 0) > 0))


def _will_be(spot: TimeExpression, text: str) -> bool:
    return _WILL.search(_before(spot, text)) is not None


def _before(spot: TimeExpression, text: str) -> str:
    return text[max(spot.start - _WINDOW, 0) : spot.start].strip()


def _is_a_day(spot: TimeExpression) -> bool:
    return len(spot.days) == 1 and spot.shift is None and not spot.counts and not spot.mute


def _is_a_minute(spot: TimeExpression) -> bool:
    """Return True for a time of day that needs no day: "at 9 pm it is 24 hours since"."""
    return spot.clock is not None and not (spot.days or spot.weak or spot.counts or spot.mute)


def _shift(spot: TimeExpression) -> int | None:
    day = spot.days[0] if spot.days else Shifted(0)
    return day.days if isinstance(day, Shifted) else None


def _ended(
    one: TimeExpression, other: TimeExpression, at: TimeExpression, reach: _Reach, text: str
) -> TimeExpression | None:
    """Merge both into the day, or the minute if the amount is in hours, that lies at the distance from ``at``."""
    by = _BY.search(text, max(one.start - 6, 0), one.start)
    start = by.start() if by else one.start
    at = at if at.days else replace(at, days=(Shifted(0),))
    of_session: Literal["", "until"] = "until" if _NAMES_SESSION.search(text[one.end : other.start]) else ""
    whole = replace(
        at, start=start, end=other.end, counts=one.counts or other.counts or of_session, weak=False
    )
    if reach.amount.unit in ("second", "minute", "hour"):
        return replace(whole, ends=Ends(reach.amount, reach.way, reach.lean)) if at.clock else None
    return replace(whole, days=(CountedTo(reach.amount, at.days[0], reach.lean, reach.way),))
