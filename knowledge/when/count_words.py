"""Patterns for what is counted from now: 3 days ago, been a week, in a fortnight, just now."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from knowledge.when.clocks import PARTS
from knowledge.when.counted import Counted
from knowledge.when.instants import Elapsed
from knowledge.when.quantities import LAPSE, QUANTITY, SUM, Quantity, quantity
from knowledge.when.spans import Sometime
from knowledge.when.spots import Pattern, Spot, pattern

Way = Literal[-1, 0, 1]

_Q = rf"(?P<amount>{QUANTITY})"
_LAPSE = rf"(?P<amount>{LAPSE})"
_ROUGHLY = "about|nearly|almost|over|like|only|just over"
_WITHOUT_A = (
    r"(?:^|(?<=[.,;] )|(?<=it )|(?<=mine )|(?<=done )|(?<=was )|(?<=treated )|(?<=needled )|(?<=finished )|"
    r"(?<=session )|(?<=treatment )|(?<=face ))"
)
_OR_ANOTHER = r"(?:(?: ,)? (?:or maybe|or|maybe) (?P<other>\d+))?"
_ELSEWHERE = r"(?! (?:to|in|at|on|home|from|for|of|with)(?!\S))"
_PAST_BY = "(?:have |has |are |is )?(?:completed?|passed|past|gone(?: by)?|elapsed|over|done|finished|up)"
_UNTIL = "until|to|off"
_SESSION = (
    r"(?:(?:my|the|our|a|i|im) )?(?:(?:next|first|second|third|\d(?:st|nd|rd|th)|get|have|having|getting) )?"
    r"(?:my |it )?(?:micro ?-? ?needl\w*|needl\w*|derma?(?!tit|tol)\w*|skin ?pen|dr ?pen|treatment|session|"
    r"procedure|appointment|facial|done|treated|mine)(?!\S)"
)
_JUST = (
    r"just (?:now|walked out|left|come out|came out|got out|got home|got back|stepped out|finished)|"
    r"a (?:moment|second) ago|moments ago"
)


def amount_spot(found: re.Match[str], amount: Quantity, way: Way, start: int = 0) -> Spot | None:
    """A spot for an amount: hours and odd halves of days count as time passes, the rest by the calendar."""
    if amount.unclear:
        return Spot(*found.span(), days=(Sometime(),))
    if amount.unit in ("second", "minute", "hour") or (amount.unit == "day" and not amount.whole):
        return Spot(*found.span(), instant=Elapsed(amount, way)) if way and not start else None
    part = PARTS["night"] if amount.night else None
    return Spot(*found.span(), days=(Counted(amount, way, start),), part=part)


def _ago(found: re.Match[str]) -> Spot | None:
    amount = quantity(found["amount"])
    other = found.groupdict().get("other")
    if other:
        ends = (amount.low, amount.high, float(other[:6]))
        amount = replace(amount, low=min(ends), high=max(ends))
    return amount_spot(found, amount, -1)


def _ahead(found: re.Match[str]) -> Spot | None:
    return amount_spot(found, quantity(found["amount"]), 1)


def _days_away(found: re.Match[str]) -> Spot | None:
    """In days a treatment is away; in hours a place is."""
    amount = quantity(found["amount"])
    return None if amount.unit in ("second", "minute", "hour") else amount_spot(found, amount, 1)


def _until(found: re.Match[str]) -> Spot | None:
    """Ten days until, for a session from today or from a day that stands before it."""
    spot = amount_spot(found, quantity(found["amount"]), 1)
    return replace(spot, counts="until") if spot else None


def _just_now(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), instant=Elapsed(Quantity(0, 60, "minute"), -1))


COUNT_WORDS: tuple[Pattern, ...] = (
    pattern(rf"{_Q} (?:ago(?: today)?|back{_ELSEWHERE}){_OR_ANOTHER}", _ago),
    pattern(
        rf"(?<!must have )(?<!mustve )(?<!might have )(?<!could have )been {_Q}(?: (?:now|already|today))?(?: since)?",
        _ago,
    ),
    pattern(rf"(?<!for ){_Q} (?:now|since)", _ago),
    pattern(rf"(?<!for ){_Q} (?:{_PAST_BY})(?: now)? (?:since|from|after)", _ago),
    pattern(
        rf"{_WITHOUT_A}"
        rf"(?P<amount>(?:{_ROUGHLY} )?(?:minute|hour|day|week|fortnight|month)"
        r"(?: and (?:a )?half)?) (?:ago|since|post|back(?= [.,;!?]|$))",
        _ago,
    ),
    pattern(rf"since {_Q}(?! (?:ago|back|after|before)(?!\S))", _ago),
    pattern(rf"in {_Q}(?: s)?(?: time)?", _ahead),
    pattern(rf"{_Q}(?: s)? (?:from (?:now|today)|hence|to go|time)", _ahead),
    pattern(rf"(?<=booked )for (?P<amount>{SUM}) (?:from (?:now|today)|hence)", _ahead),
    pattern(rf"(?<=in )for (?P<amount>{SUM}) (?:from (?:now|today)|hence)", _ahead),
    pattern(rf"{_LAPSE} (?:ago|back{_ELSEWHERE}|post)", _ago),
    pattern(rf"in {_LAPSE}(?: time)?", _ahead),
    pattern(rf"{_LAPSE} from now", _ahead),
    pattern(rf"(?P<amount>{QUANTITY}) away(?! from)", _days_away),
    pattern(rf"{_Q} (?:{_UNTIL})(?= {_SESSION})", _until),
    pattern(rf"{_Q} (?:to go|away|left) (?:{_UNTIL}|before|from)(?= {_SESSION})", _until),
    pattern(rf"{_Q} to go(?= [.,;!?]|$)", _until),
    pattern(_JUST, _just_now),
)
