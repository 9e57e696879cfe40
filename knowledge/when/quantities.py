"""Amounts of time in words: half an hour, a day and a half, 2 or 3 days, about a week."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROUGH = (
    "about|around|roughly|nearly|almost|maybe|perhaps|probably|circa|some|over|well over|under|just over|just under|"
    "just about|at least|more than|more then|less than|less then|(?:a little|a bit) (?:over|more than)"
)
_FILLING = "like|only|exactly|just|literally|barely|um+|uh+|er|erm|hmm|a good|good|full|whole|i think"
_UNIT = "second|minute|hour|h|day|night|week|fortnight|month|year"
_WORD_AMOUNTS = {"couple": (2, 3), "few": (2, 5), "several": (3, 7), "dozen": (12, 12), "half dozen": (6, 6)}
_WORDS = "couple|few|several|half dozen|dozen"
_NUMBER = r"\d+(?:\.(?:0|5|25|75))?"
_AFTER_CLOCK = r"(?<=at \d )|(?<=past \d )|(?<=half \d )|(?<=past \d\d )|(?<=half \d\d )"
_NOT_AFTER_ONE = rf"(?:{_AFTER_CLOCK}|(?<!\s\d\s)(?<!\s\d\d\s))"  # two hundred days is not a hundred
_RANGE = "-|/| or | to | maybe "
_QUARTERS = "(?:an? |3 (?:- )?)?quarter"
_HALVES = "half(?: an?)?|an? half"
_AND_HALF = "and (?:an? half|half an?|half)"

QUANTITY = (
    rf"(?:(?:{_ROUGH}|{_FILLING}) ){{0,3}}"
    rf"(?:{_NOT_AFTER_ONE}(?:- ?|minus )?{_NUMBER}(?:(?:{_RANGE})\d+)?|an?|another|{_HALVES}|"
    rf"(?:an? |the )?(?:{_WORDS})(?: of)?|(?:an? )?quarter of an|3(?: -)? quarter(?: of an)?)"
    rf"(?: {_AND_HALF})? (?:{_UNIT})"
    r"(?: and (?:a )?(?:half|quarter))?(?: or so| ish| or \d+)?(?:(?: and)? \d+ minute| , maybe \d+| maybe \d+)?"
)
"""A pattern for an amount in a Reading's text, without groups."""

_PARTS = re.compile(
    rf"(?P<negative>- ?|minus )?(?:(?P<number>{_NUMBER})(?:(?:{_RANGE})(?P<upto>\d+))?|"
    rf"(?:an? |the )?(?P<word>{_WORDS})(?: of)?|(?P<quarters>{_QUARTERS})(?: of an)?|(?P<half>{_HALVES})|an?|another|)"
    rf"(?P<and_half> {_AND_HALF})?(?: |^|(?<= ))(?P<unit>{_UNIT})(?: and (?:a )?(?P<more>half|quarter))?"
    r"(?: or so| ish| or (?P<or>\d+))?(?: (?:and )?(?P<minutes>\d+) minute| ,? ?maybe (?P<maybe>\d+))?$"
)
_START = re.compile(rf"(?:(?:{_ROUGH}|{_FILLING}) )+(?=\S)")
_ANY_ROUGH = re.compile(rf"(?<!\S)(?:{_ROUGH})(?!\S)| or so| ish")
_FAR = 10**9


@dataclass(frozen=True)
class Quantity:
    """An amount from ``low`` to ``high`` units (second, minute, hour, day, week, month or year)."""

    low: float
    high: float
    unit: str
    rough: bool = False
    """Said with "about" or the like: the amount is near, not exact."""
    negative: bool = False
    night: bool = False
    """Counted in nights."""

    @property
    def whole(self) -> bool:
        """Whether it counts whole units."""
        return self.low == int(self.low) and self.high == int(self.high)


def quantity(text: str) -> Quantity:
    """The amount that a match of ``QUANTITY`` says.

    Raises:
        ValueError: the text is no such match.
    """
    start = _START.match(text)
    found = _PARTS.match(text, start.end() if start else 0) or _PARTS.search(text)
    if found is None:
        raise ValueError(f"{text!r} is no amount of time")
    low, high = _bounds(found)
    if "/" in found.group() and found["unit"] in ("second", "minute", "hour", "h"):
        low = high = low / max(high, 1)  # 1/2 hour, but 2/3 days
    extra = (0.5 if found["and_half"] or found["more"] == "half" else 0) + (
        0.25 if found["more"] == "quarter" else 0
    )
    low, high = low + extra, high + extra
    if found["minutes"]:
        low = high = low + int(found["minutes"][:4]) / 60
    unit, times = {"fortnight": ("week", 2), "night": ("day", 1), "h": ("hour", 1)}.get(
        found["unit"], (found["unit"], 1)
    )
    return Quantity(
        low=min(low * times, _FAR),
        high=min(max(low, high) * times, _FAR),
        unit=unit,
        rough=low == high and bool(_ANY_ROUGH.search(text)),
        negative=found["negative"] is not None,
        night=found["unit"] == "night",
    )


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    if found["word"]:
        return _WORD_AMOUNTS[found["word"]]
    if found["quarters"]:
        return (0.75, 0.75) if found["quarters"].startswith("3") else (0.25, 0.25)
    if found["half"]:
        return 0.5, 0.5
    low = float(found["number"] or 1)
    other = found["upto"] or found["or"] or found["maybe"]
    return (min(low, float(other)), max(low, float(other))) if other else (low, low)
