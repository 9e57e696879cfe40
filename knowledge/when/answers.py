"""Answers that are a time only because one was asked for: "3 days", "about a week", "4", "9.30"."""

from __future__ import annotations

import re

from knowledge.when.clocks import Clock
from knowledge.when.count_words import amount_spot
from knowledge.when.days import Frame
from knowledge.when.found import Lean
from knowledge.when.quantities import QUANTITY, quantity
from knowledge.when.reading import Reading
from knowledge.when.spots import Spot

_DUNNO = (
    "uh+|um+|er|erm|hm+|well|so|ok|oh|i think|its|it is|it was|not sure|no idea|dunno|idk|maybe|about|[.,]"
)
_HESITATING = rf"(?:(?:{_DUNNO}) )*"
_AMOUNT = re.compile(rf"{_HESITATING}(?P<amount>{QUANTITY})(?: (?:now|i think|maybe|lol|[.,!]))*$")
_CLOCK = re.compile(rf"{_HESITATING}(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?(?: [.!])?$")


def bare_answer(reading: Reading, expects: Lean, frame: Frame) -> list[Spot]:
    """The whole message as an amount of time before or after now, or as a time on the day that is known."""
    amount = _AMOUNT.match(reading.text)
    if amount and expects:
        spot = amount_spot(amount, quantity(amount["amount"]), -1 if expects == "past" else 1)
        return [spot] if spot else []
    clock = _CLOCK.match(reading.text)
    if clock and frame.known:
        return [Spot(*clock.span(), clock=Clock(int(clock["hour"]), int(clock["minute"] or 0)))]
    return []
