"""Patterns for amounts of time, counted from now or from a treatment.

Examples: half an hour, 2 weeks and 3 days, 3 days ago, in a fortnight, just now, day 4, a week post op.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from assistant.core.timex.dates import Sometime
from assistant.core.timex.day_terms import FromKnown
from assistant.core.timex.en import DERMA
from assistant.core.timex.expressions import PARTS, Pattern, TimeExpression, pattern
from assistant.core.timex.quantities import DAYS_OF, LARGEST, Counted, Elapsed, Quantity, sum_of
from assistant.core.timex.types import FARTHEST

_ROUGH = (
    "about|around|roughly|nearly|almost|maybe|perhaps|probably|circa|some|over|well over|under|just over|just under|"
    "just about|(?:just )?shy of|(?:just )?short of|coming up to|close to|"
    "at least|more than|more then|less than|less then|(?:a little|a bit) (?:over|more than)"
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
_FRACTIONS = {"half": 0.5, "1/2": 0.5, "quarter": 0.25, "1/4": 0.25, "3 quarter": 0.75, "3/4": 0.75}
_SLASHED = "1/2|1/4|3/4"
_FRACTION = "half|quarter|3 (?:- )?quarter|1/2|1/4|3/4"
_AND_FRACTION = rf"(?:and|&) (?:an? )?(?:{_FRACTION})(?: an?)?"
_A_BIT = "(?:and|&) (?:a bit|a little|change|some|something)"
_AND = "(?: ,)?(?: and| plus| [+&])?"
_ONE = (
    rf"(?:(?:{_ROUGH}|{_FILLING}) ){{0,3}}"
    rf"(?:(?:{_SLASHED})(?: of)? an?|{_NOT_AFTER_ONE}(?:- ?|minus )?{_NUMBER}(?:(?:{_RANGE})\d+)?|an?|another|"
    rf"{_HALVES}|(?:an? |the )?(?:{_WORDS})(?: of)?|(?:an? )?quarter of an|3(?: -)? quarter(?: of an)?)"
    rf"(?: {_AND_FRACTION})? (?:(?:full|whole) )?(?:{_UNIT})(?!\S)"
    rf"(?: (?:and|&) (?:an? )?(?:{_FRACTION})(?! (?:an? |of an? )?(?:{_UNIT})(?!\S)))?"
    rf"(?: or so| ish| or \d+| {_A_BIT})?(?: , maybe \d+| maybe \d+)?"
)
QUANTITY = rf"(?:(?<!for )(?<!every ){_ONE}(?:{_AND} {_ONE}){{1,3}}|{_ONE})"
"""Pattern for an amount in normalized text, without groups.

Examples: 3 days, a week and a half, 2 weeks and 3 days.
"""
SUM = rf"{_ONE}(?:{_AND} {_ONE}){{1,3}}"
"""Pattern for an amount in several units, also after "for".

To be used where another word shows that it is not a duration.
"""
LAPSE = r"(?:\d{1,2}:\d{2} (?:h|hour)|(?:\d{1,2}|an) (?:h|hour)(?: and)? \d{2})"
"""Pattern for hours and minutes (1h30, 1 hour 30), where another word shows that it is not a time of day."""
_PARTS = re.compile(
    rf"(?P<negative>- ?|minus )?(?:(?P<slashed>{_SLASHED})(?: of)? an?|"
    rf"(?P<number>{_NUMBER})(?:(?:{_RANGE})(?P<upto>\d+))?|"
    rf"(?:an? |the )?(?P<word>{_WORDS})(?: of)?|(?P<quarters>{_QUARTERS})(?: of an)?|(?P<half>{_HALVES})|an?|another|)"
    rf"(?: (?:and|&) (?:an? )?(?P<and_part>{_FRACTION})(?: an?)?)?(?: |^|(?<= ))(?:(?:full|whole) )?(?P<unit>{_UNIT})"
    rf"(?: (?:and|&) (?:an? )?(?P<more>{_FRACTION}))?"
    rf"(?: or so| ish| or (?P<or>\d+)| {_A_BIT})?(?: ,? ?maybe (?P<maybe>\d+))?$"
)
_EACH = re.compile(rf"(?<!\S){_ONE}(?!\S)")
_LAPSE_PARTS = re.compile(r"(?P<hours>\d+|an)(?::| (?:h|hour)(?: and)? )(?P<minutes>\d\d)(?: (?:h|hour))?")
_START = re.compile(rf"(?:(?:{_ROUGH}|{_FILLING}) )+(?=\S)")
_ANY_ROUGH = re.compile(rf"(?<!\S)(?:{_ROUGH})(?!\S)| or so| ish| {_A_BIT}")
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
_NEEDLING = rf"micro ?-? ?needl\w*|needl\w*|{DERMA}|skin ?pen|dr ?pen|treatment|session|procedure"
_SESSION = (
    r"(?:(?:my|the|our|a|i|im) )?(?:(?:next|first|second|third|\d(?:st|nd|rd|th)|get|have|having|getting) )?"
    rf"(?:my |it )?(?:{_NEEDLING}|appointment|facial|done|treated|mine)(?!\S)"
)
_JUST = (
    r"just (?:now|walked out|left|come out|came out|got out|got home|got back|stepped out|finished)|"
    r"a (?:moment|second) ago|moments ago"
)
_STOP = r"(?= (?:[.,;:!?)-]|and|now|so|but|is|can|still|my|it|what|actually|i|lol|sorry|then|not|please|pls)(?!\S)|$)"
_AT_FIRST = r"(?:^|(?<=[.,!] ))"
_NEEDLES = rf"(?:(?:the|my|having|getting|doing) )?(?:{_NEEDLING})"


def quantity(text: str) -> Quantity:
    """Parse a match of ``QUANTITY`` or ``LAPSE``.

    Raises:
        ValueError: the text is no such match.
    """
    lapse = _LAPSE_PARTS.fullmatch(text)
    if lapse is not None:
        hours = int(lapse["hours"].replace("an", "1")) + int(lapse["minutes"]) / 60
        return Quantity(hours, hours, "hour")
    parts = [_single_amount(found.group()) for found in _EACH.finditer(text)]
    return sum_of(parts) if len(parts) > 1 else _single_amount(text)


def _single_amount(text: str) -> Quantity:
    start = _START.match(text)
    found = _PARTS.match(text, start.end() if start else 0) or _PARTS.search(text)
    if found is None:
        raise ValueError(f"{text!r} is no amount of time")
    low, high = _bounds(found)
    if (
        found["number"]
        and "/" in found.group().split(" and ")[0]
        and found["unit"] in ("second", "minute", "hour", "h")
    ):
        low = high = low / max(high, 1)  # 1/2 hour is a fraction, 2/3 days are a range
    extra = sum(_FRACTIONS[part.replace("- ", "")] for part in (found["and_part"], found["more"]) if part)
    low, high = low + extra, high + extra
    unit, times = {"fortnight": ("week", 2), "night": ("day", 1), "h": ("hour", 1)}.get(
        found["unit"], (found["unit"], 1)
    )
    return Quantity(
        low=min(low * times, LARGEST),
        high=min(max(low, high) * times, LARGEST),
        unit=unit,
        rough=low == high and bool(_ANY_ROUGH.search(text)),
        negative=found["negative"] is not None,
        night=found["unit"] == "night",
    )


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    if found["word"]:
        return _WORD_AMOUNTS[found["word"]]
    if found["slashed"]:
        return _FRACTIONS[found["slashed"]], _FRACTIONS[found["slashed"]]
    if found["quarters"]:
        return (0.75, 0.75) if found["quarters"].startswith("3") else (0.25, 0.25)
    if found["half"]:
        return 0.5, 0.5
    low = float(found["number"] or 1)
    other = found["upto"] or found["or"] or found["maybe"]
    return (min(low, float(other)), max(low, float(other))) if other else (low, low)


def amount_expression(
    found: re.Match[str], amount: Quantity, way: Way, start: int = 0
) -> TimeExpression | None:
    """Build the expression for an amount.

    Hours and fractions of days are counted in elapsed time, everything else by the calendar.
    """
    if amount.unclear:
        return TimeExpression(*found.span(), days=(Sometime(),))
    if amount.unit in ("second", "minute", "hour") or (amount.unit == "day" and not amount.whole):
        return TimeExpression(*found.span(), instant=Elapsed(amount, way)) if way and not start else None
    part = PARTS["night"] if amount.night else None
    return TimeExpression(*found.span(), days=(Counted(amount, way, start),), part=part)


def _ago(found: re.Match[str]) -> TimeExpression | None:
    amount = quantity(found["amount"])
    other = found.groupdict().get("other")
    if other:
        ends = (amount.low, amount.high, float(other[:6]))
        amount = replace(amount, low=min(ends), high=max(ends))
    return amount_expression(found, amount, -1)


def _ahead(found: re.Match[str]) -> TimeExpression | None:
    return amount_expression(found, quantity(found["amount"]), 1)


def _days_away(found: re.Match[str]) -> TimeExpression | None:
    """Build an amount ahead; days away is a treatment, hours away is a place."""
    amount = quantity(found["amount"])
    return None if amount.unit in ("second", "minute", "hour") else amount_expression(found, amount, 1)


def _until(found: re.Match[str]) -> TimeExpression | None:
    """Build "ten days until" a session, counted from today or from a day named before it."""
    expr = amount_expression(found, quantity(found["amount"]), 1)
    return replace(expr, counts="until") if expr else None


def _just_now(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), instant=Elapsed(Quantity(0, 60, "minute"), -1))


COUNT_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"{_Q} (?:ago(?: today)?|back{_ELSEWHERE}){_OR_ANOTHER}", _ago),
    pattern(
        rf"(?<!must have )(?<!mustve )(?<!might have )(?<!could have )been {_Q}(?: (?:now|already|today))?(?: since)?",
        _ago,
    ),
    pattern(rf"(?<!for ){_Q} (?:now|since)", _ago),
    pattern(rf"(?<!for ){_Q} (?:{_PAST_BY}|on)(?: now)? (?:since|from|after)", _ago),
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


def _day_number(found: re.Match[str]) -> TimeExpression:
    """Build "day 4", four days after the treatment, which was on day 0."""
    number = float(found["number"][:6])
    amount = Quantity(number, number, "day", negative=found["minus"] is not None)
    return TimeExpression(*found.span(), days=(Counted(amount, -1),), counts="day")


def _since_treatment(found: re.Match[str], counts: Literal["day", "after", "bare"]) -> TimeExpression | None:
    expr = amount_expression(found, quantity(found["amount"]), -1)
    return replace(expr, counts=counts, shift=_days(found["amount"])) if expr else None


def _before(found: re.Match[str]) -> TimeExpression:
    days = _days(found["amount"])
    return TimeExpression(*found.span(), shift=-days if days else None, weak=True)


def _from_known(found: re.Match[str]) -> TimeExpression | None:
    days = _days(found["amount"])
    if days is None:
        return None
    return TimeExpression(
        *found.span(), days=(FromKnown(days if found["side"] in ("after", "later") else -days),)
    )


def _neighbour(found: re.Match[str]) -> TimeExpression:
    """Build "the day before" or "after" the day that follows, or else the known one."""
    shift = 1 if found["side"] == "after" else -1
    part = PARTS["night"] if found["name"] == "night" else PARTS.get(found["name"])
    return TimeExpression(
        *found.span(), days=(FromKnown(shift),) if found["stop"] is not None else (), part=part, shift=shift
    )


def _days(text: str) -> int | None:
    """Return the amount in days if it is a fixed number of whole days, else None."""
    amount = quantity(text)
    size = DAYS_OF.get(amount.unit)
    fixed = amount.whole and amount.low == amount.high and not amount.rough and not amount.negative
    return int(amount.low) * size if size and fixed and amount.low <= FARTHEST else None


def _still_after(found: re.Match[str]) -> TimeExpression | None:
    return _since_treatment(found, "after")


def _bare(found: re.Match[str]) -> TimeExpression | None:
    return _since_treatment(found, "bare")


TREATMENT_PATTERNS: tuple[Pattern, ...] = (
    pattern(
        r"(?:on )?day (?P<minus>- ?|minus )?(?P<number>\d+)(?: (?:today|now|here|post|after))?", _day_number
    ),
    pattern(
        rf"{_Q} (?:(?:in|out|on){_STOP}|after(?:wards?)?)",
        lambda found: _since_treatment(found, "after"),
    ),
    pattern(
        rf"{_Q} (?:post(?:(?: -)? op)?|out of (?:the |my )?(?:chair|clinic|salon|treatment|session))",
        lambda found: _since_treatment(found, "day"),
    ),
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
