"""Amounts that end at another day than today: "two weeks on friday since", "tomorrow is day 7"."""

from __future__ import annotations

import re

from knowledge.when.counted import Counted, CountedTo
from knowledge.when.days import Shifted
from knowledge.when.found import Lean
from knowledge.when.instants import Elapsed
from knowledge.when.quantities import Quantity
from knowledge.when.spots import Spot

_WINDOW = 32  # letters: enough for "it is going to have"
_WILL = re.compile(
    r"(?<!\S)(?:will|shall|ll|i?tll|ill|thatll|itd|would|gonna|going to)(?: (?:have|be|make it|mark|exactly|about))*$"
)
_IS = re.compile(r"(?<!\S)(?:its|it is|s|marks|makes(?: it)?)(?: (?:exactly|about))?$")
_WAS = re.compile(r"(?<!\S)(?:was|were)(?: \w+)?$")
_IS_AHEAD = re.compile(
    r"(?:, ?)?(?:(?:(?:it|that|this|i|we|she) )?(?:will|ll|is (?:gonna|going to))|itll|thatll|ill|"
    r"(?:im|its) (?:gonna|going to)|(?:it )?(?:marks?|makes?)|is|s)"
    r"(?: (?:have|be|been|mark|make|it|exactly|about)){0,3}"
)
_IS_TOMORROW = re.compile(r"(?:, ?)?(?:im|i am|its|it is|i hit|ill hit|we hit)?(?: (?:at|on))?")
_IS_THEN = re.compile(r"(?:im|i am|its|it is|it has|ive)(?: (?:at|on))?")
_OPENS = re.compile(r"(?:^|[.,!?;]|(?<!\S)(?:and|so|but|hi|hey|hello|come|by|as of))(?:(?: |^)on)?$")
_WAS_BEHIND = re.compile(r"(?:, ?)?(?:(?:it|that|i) )?(?:was|marked|made(?: it)?)(?: (?:exactly|about))?")
_AGO = re.compile(r" (?:ago|back)(?!\S)")
_BY = re.compile(r"(?<!\S)(?:by|on|come) $")
_SINCE = re.compile(r"(?: ,)? (?:since|that i|after i|from when)(?!\S)")
_LINK = re.compile(
    r"(?:, )?(?:(?:on|this|next|coming|come|the|of|by|it|is|s|will|have|had|has|passed|gone|been)(?: |$)){0,6}"
)
_FROM_SESSION = re.compile(
    r"(?:(?!(?:and|but|so|then|if|when|is|are|was|will|ill|can|could|may|should|last)(?!\S))[a-z]+(?: |$)){0,6}"
)
"""The session between an amount since it and the day at which that ends: "i got needled", "my session on"."""


def ending(one: Spot, other: Spot, text: str) -> Spot | None:
    """Two neighbours as an amount and the day at which it ends, in either order; ``None`` if they are not that."""
    between = text[one.end : other.start].strip()
    if one.reaches is not None:
        return _reaching(one, one.reaches, other, between, text)
    counted = _elapsed(other, text)
    if counted is not None and _elapsed(one, text) is None and _is_a_day(one):
        lean = _lean(one, between, text)
        return _ended(one, other, CountedTo(counted, one.days[0], lean), text) if lean else None
    counted = _elapsed(one, text)
    if counted is None or not _is_a_day(other) or not _leads_on(one, other, between, text):
        return None
    return _ended(one, other, CountedTo(counted, other.days[0], "future"), text)


def is_to_come(spot: Spot, text: str) -> bool:
    """Whether the amount that has passed is only reached later: "it will be two weeks since"."""
    passed = _elapsed(spot, text) is not None or (
        isinstance(spot.instant, Elapsed) and spot.instant.way == -1
    )
    return passed and _will_be(spot, text)


def _elapsed(spot: Spot, text: str) -> Quantity | None:
    """The amount of a spot that says how long it has been in days; "ago" always counts from now."""
    day = spot.days[0] if len(spot.days) == 1 else None
    from_now = spot.counts in ("after", "bare") or _AGO.search(text[spot.start : spot.end])
    if from_now or not isinstance(day, Counted) or day.way != -1 or day.start:
        return None
    return day.amount


def _reaching(one: Spot, amount: Quantity, other: Spot, between: str, text: str) -> Spot | None:
    if not _is_a_day(other) or not _LINK.fullmatch(between) or not _SINCE.match(text, other.end):
        return None
    return _ended(one, other, CountedTo(amount, other.days[0], _side(_before(one, text), between)), text)


def _side(before: str, between: str) -> Lean:
    """The side of now that the words before an amount are on: "it will be", "its", "it was"."""
    if _WILL.search(before) or _IS.search(before) or between.startswith("will "):
        return "future"
    return "past" if _WAS.search(before) or between.startswith("had ") else None


def _lean(day: Spot, between: str, text: str) -> Lean:
    """The side of now of a day that is followed by "it will be", "is" or "was", and an amount."""
    if _WAS_BEHIND.fullmatch(between):
        return "past"
    today = _shift(day)
    if today == 0:
        return None
    opens = (today or 1) > 0 and _OPENS.search(_before(day, text))
    is_now = _IS_TOMORROW if today else _IS_THEN
    ahead = _IS_AHEAD.fullmatch(between) or (opens and is_now.fullmatch(between))
    return "future" if ahead else None


def _leads_on(one: Spot, other: Spot, between: str, text: str) -> bool:
    """Whether a day after the amount is where that ends: "ill be two weeks post on friday", "day 7 tomorrow"."""
    linked = _LINK.fullmatch(between) is not None or _FROM_SESSION.fullmatch(between) is not None
    return linked and (_will_be(one, text) or (one.counts == "day" and (_shift(other) or 0) > 0))


def _will_be(spot: Spot, text: str) -> bool:
    return _WILL.search(_before(spot, text)) is not None


def _before(spot: Spot, text: str) -> str:
    return text[max(spot.start - _WINDOW, 0) : spot.start].strip()


def _is_a_day(spot: Spot) -> bool:
    return len(spot.days) == 1 and spot.shift is None and not spot.counts and not spot.mute


def _shift(spot: Spot) -> int | None:
    day = spot.days[0]
    return day.days if isinstance(day, Shifted) else None


def _ended(one: Spot, other: Spot, day: CountedTo, text: str) -> Spot:
    by = _BY.search(text, max(one.start - 6, 0), one.start)
    start = by.start() if by else one.start
    return Spot(start, other.end, days=(day,), counts=one.counts or other.counts)
