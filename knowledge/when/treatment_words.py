"""Patterns for what is counted from a treatment or another day: day 4, 3 days after, the day before friday."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from knowledge.when.clocks import PARTS
from knowledge.when.count_words import amount_spot
from knowledge.when.counted import Counted
from knowledge.when.days import FARTHEST, FromKnown
from knowledge.when.quantities import QUANTITY, Quantity, quantity
from knowledge.when.spots import Pattern, Spot, pattern

_Q = rf"(?P<amount>{QUANTITY})"
_STOP = r"(?= (?:[.,;:!?)-]|and|now|so|but|is|can|still|my|it|what|actually|i|lol|sorry|then|not|please|pls)(?!\S)|$)"
_AT_FIRST = r"(?:^|(?<=[.,!] ))"
_NEEDLES = (
    r"(?:(?:the|my|having|getting|doing) )?"
    r"(?:micro ?-? ?needl\w*|needl\w*|derma?(?!tit|tol)\w*|skin ?pen|dr ?pen|"
    r"treatment|session|procedure)"
)
_SIZES = {"day": 1, "week": 7}


def _day_number(found: re.Match[str]) -> Spot:
    """Day 4 is four days after the treatment, whose day is day 0."""
    number = float(found["number"][:6])
    amount = Quantity(number, number, "day", negative=found["minus"] is not None)
    return Spot(*found.span(), days=(Counted(amount, -1),), counts="day")


def _since_treatment(found: re.Match[str], counts: Literal["day", "after", "bare"]) -> Spot | None:
    spot = amount_spot(found, quantity(found["amount"]), -1)
    return replace(spot, counts=counts, shift=_days(found["amount"])) if spot else None


def _before(found: re.Match[str]) -> Spot:
    days = _days(found["amount"])
    return Spot(*found.span(), shift=-days if days else None, weak=True)


def _from_known(found: re.Match[str]) -> Spot | None:
    days = _days(found["amount"])
    if days is None:
        return None
    return Spot(*found.span(), days=(FromKnown(days if found["side"] in ("after", "later") else -days),))


def _neighbour(found: re.Match[str]) -> Spot:
    """The day before or after: of the day that follows, else of the one that is known."""
    shift = 1 if found["side"] == "after" else -1
    part = PARTS["night"] if found["name"] == "night" else PARTS.get(found["name"])
    return Spot(
        *found.span(), days=(FromKnown(shift),) if found["stop"] is not None else (), part=part, shift=shift
    )


def _days(text: str) -> int | None:
    """The amount in days, where it is a fixed number of whole days."""
    amount = quantity(text)
    size = _SIZES.get(amount.unit)
    fixed = amount.whole and amount.low == amount.high and not amount.rough and not amount.negative
    return int(amount.low) * size if size and fixed and amount.low <= FARTHEST else None


def _still_after(found: re.Match[str]) -> Spot | None:
    return _since_treatment(found, "after")


def _bare(found: re.Match[str]) -> Spot | None:
    return _since_treatment(found, "bare")


TREATMENT_WORDS: tuple[Pattern, ...] = (
    pattern(
        r"(?:on )?day (?P<minus>- ?|minus )?(?P<number>\d+)(?: (?:today|now|here|post|after))?", _day_number
    ),
    pattern(
        rf"{_Q} (?:(?:in|out|on){_STOP}|after(?:wards?)?)", lambda found: _since_treatment(found, "after")
    ),
    pattern(rf"{_Q} post(?:(?: -)? op)?", lambda found: _since_treatment(found, "day")),
    pattern(rf"after {_Q}(?:{_STOP}| (?:of|from|since|post)(?= {_NEEDLES}))", _still_after),
    pattern(rf"{_AT_FIRST}{_Q}(?= (?:[.,!]|and (?:its |it is |im )?still)(?!\S)|$)", _bare),
    pattern(rf"{_Q} (?P<side>before|after|earlier|later) (?:that|then)", _from_known),
    pattern(rf"{_Q} (?:before|prior(?: to)?|earlier)", _before),
    pattern(
        rf"(?<!day )(?<!this )(?<!last )(?:the )?(?P<name>day|night|(?<=the )evening|(?<=the )morning) "
        rf"(?P<side>before|after|prior)(?:(?: (?:that|then))?(?P<stop>){_STOP})?",
        _neighbour,
    ),
)
