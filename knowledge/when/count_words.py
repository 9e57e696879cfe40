"""Patterns for what is counted from now: 3 days ago, been a week, in a fortnight, two weeks tomorrow, just now."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from knowledge.when.clocks import PARTS
from knowledge.when.counted import Counted
from knowledge.when.instants import Elapsed
from knowledge.when.quantities import QUANTITY, Quantity, quantity
from knowledge.when.spots import Pattern, Spot, pattern
from knowledge.when.weekdays import OnWeekday
from knowledge.when.words import WEEKDAYS

Way = Literal[-1, 0, 1]

_Q = rf"(?P<amount>{QUANTITY})"
_WEEKS = r"(?<!last )(?<!next )(?<!this )(?<!every )(?P<amount>(?:(?:\d+|an?) )?(?:week|fortnight))"
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_ROUGHLY = "about|nearly|almost|over|like|only|just over"
_WITHOUT_A = (
    r"(?:^|(?<=[.,;] )|(?<=it )|(?<=mine )|(?<=done )|(?<=was )|(?<=treated )|(?<=needled )|(?<=finished )|"
    r"(?<=session )|(?<=treatment )|(?<=face ))"
)
_OR_ANOTHER = r"(?:(?: ,)? (?:or maybe|or|maybe) (?P<other>\d+))?"
_ELSEWHERE = r"(?! (?:to|in|at|on|home|from|for|of|with)(?!\S))"
_PAST_BY = "(?:have |has |are |is )?(?:completed?|passed|past|gone(?: by)?|elapsed|over|done|finished|up)"
_JUST = (
    r"just (?:now|walked out|left|come out|came out|got out|got home|got back|stepped out|finished)|"
    r"a (?:moment|second) ago|moments ago"
)


def amount_spot(found: re.Match[str], amount: Quantity, way: Way, start: int = 0) -> Spot | None:
    """A spot for an amount: hours and odd halves of days count as time passes, the rest by the calendar."""
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


def _weeks(found: re.Match[str]) -> Quantity:
    text = found["amount"]
    return quantity(text if " " in text else f"1 {text}")


def _weeks_from(way: Way, found: re.Match[str]) -> Spot | None:
    return amount_spot(found, _weeks(found), way, _NEAR[found["near"]])


def _weeks_and_weekday(found: re.Match[str]) -> Spot:
    weeks, number = int(min(_weeks(found).low, 99)), WEEKDAYS.index(found["weekday"])
    last = found["which"] == "last"
    day = OnWeekday(number, "last", -weeks) if last else OnWeekday(number, "coming", weeks)
    return Spot(*found.span(), days=(day,))


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
    pattern(rf"{_Q}(?: s)? (?:from (?:now|today)|to go|time)", _ahead),
    pattern(rf"(?P<amount>{QUANTITY}) away(?! from)", _days_away),
    pattern(rf"{_Q} from (?P<near>tomorrow)", lambda found: _weeks_from(1, found)),
    pattern(rf"{_WEEKS} (?P<near>today|tomorrow)", lambda found: _weeks_from(0, found)),
    pattern(
        rf"{_WEEKS} (?P<near>today|tomorrow) (?:since|that i|after i)", lambda found: _weeks_from(-1, found)
    ),
    pattern(rf"{_WEEKS}(?: ago)? (?P<near>yesterday)", lambda found: _weeks_from(-1, found)),
    pattern(rf"{_WEEKS} ago (?P<near>tomorrow)", lambda found: _weeks_from(-1, found)),
    pattern(rf"{_WEEKS} (?:on |this |next |coming )?(?:(?P<which>last) )?{_WEEKDAY}", _weeks_and_weekday),
    pattern(_JUST, _just_now),
)
