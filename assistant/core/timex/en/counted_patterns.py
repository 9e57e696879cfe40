"""Patterns for amounts counted from now or from a treatment.

Examples: 3 days ago, been a week, in a fortnight, just now, day 4, a week post op.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from assistant.core.timex.clocks import PARTS
from assistant.core.timex.cues import alternatives
from assistant.core.timex.dates import Sometime
from assistant.core.timex.day_terms import FARTHEST, FromKnown
from assistant.core.timex.en.vocabulary import MONTHS, WEEKDAYS
from assistant.core.timex.expressions import Pattern, TimeExpression, pattern
from assistant.core.timex.instants import Elapsed
from assistant.core.timex.quantities import LAPSE, QUANTITY, SUM, Counted, Quantity, quantity

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


def amount_spot(found: re.Match[str], amount: Quantity, way: Way, start: int = 0) -> TimeExpression | None:
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
    return amount_spot(found, amount, -1)


def _ahead(found: re.Match[str]) -> TimeExpression | None:
    return amount_spot(found, quantity(found["amount"]), 1)


def _days_away(found: re.Match[str]) -> TimeExpression | None:
    """Build an amount ahead; days away is a treatment, hours away is a place."""
    amount = quantity(found["amount"])
    return None if amount.unit in ("second", "minute", "hour") else amount_spot(found, amount, 1)


def _until(found: re.Match[str]) -> TimeExpression | None:
    """Build "ten days until" a session, counted from today or from a day named before it."""
    spot = amount_spot(found, quantity(found["amount"]), 1)
    return replace(spot, counts="until") if spot else None


def _just_now(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), instant=Elapsed(Quantity(0, 60, "minute"), -1))


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


_QUANTITY_OR_ONE = rf"(?P<amount>{QUANTITY})"
_STOP = r"(?= (?:[.,;:!?)-]|and|now|so|but|is|can|still|my|it|what|actually|i|lol|sorry|then|not|please|pls)(?!\S)|$)"
_AT_FIRST = r"(?:^|(?<=[.,!] ))"
_NEEDLES = (
    r"(?:(?:the|my|having|getting|doing) )?"
    r"(?:micro ?-? ?needl\w*|needl\w*|derma?(?!tit|tol)\w*|skin ?pen|dr ?pen|"
    r"treatment|session|procedure)"
)
_SIZES = {"day": 1, "week": 7}


def _day_number(found: re.Match[str]) -> TimeExpression:
    """Build "day 4", four days after the treatment, which was on day 0."""
    number = float(found["number"][:6])
    amount = Quantity(number, number, "day", negative=found["minus"] is not None)
    return TimeExpression(*found.span(), days=(Counted(amount, -1),), counts="day")


def _since_treatment(found: re.Match[str], counts: Literal["day", "after", "bare"]) -> TimeExpression | None:
    spot = amount_spot(found, quantity(found["amount"]), -1)
    return replace(spot, counts=counts, shift=_days(found["amount"])) if spot else None


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
    size = _SIZES.get(amount.unit)
    fixed = amount.whole and amount.low == amount.high and not amount.rough and not amount.negative
    return int(amount.low) * size if size and fixed and amount.low <= FARTHEST else None


def _still_after(found: re.Match[str]) -> TimeExpression | None:
    return _since_treatment(found, "after")


def _bare(found: re.Match[str]) -> TimeExpression | None:
    return _since_treatment(found, "bare")


TREATMENT_WORDS: tuple[Pattern, ...] = (
    pattern(
        r"(?:on )?day (?P<minus>- ?|minus )?(?P<number>\d+)(?: (?:today|now|here|post|after))?", _day_number
    ),
    pattern(
        rf"{_QUANTITY_OR_ONE} (?:(?:in|out|on){_STOP}|after(?:wards?)?)",
        lambda found: _since_treatment(found, "after"),
    ),
    pattern(rf"{_QUANTITY_OR_ONE} post(?:(?: -)? op)?", lambda found: _since_treatment(found, "day")),
    pattern(rf"after {_QUANTITY_OR_ONE}(?:{_STOP}| (?:of|from|since|post)(?= {_NEEDLES}))", _still_after),
    pattern(rf"{_AT_FIRST}{_QUANTITY_OR_ONE}(?= (?:[.,!]|and (?:its |it is |im )?still)(?!\S)|$)", _bare),
    pattern(rf"{_QUANTITY_OR_ONE} (?P<side>before|after|earlier|later) (?:that|then)", _from_known),
    pattern(rf"{_QUANTITY_OR_ONE} (?:before|prior(?: to)?|earlier)", _before),
    pattern(
        rf"(?<!day )(?<!this )(?<!last )(?:the )?(?P<name>day|night|(?<=the )evening|(?<=the )morning) "
        rf"(?P<side>before|after|prior)(?:(?: (?:that|then))?(?P<stop>){_STOP})?",
        _neighbour,
    ),
)


_W = f"(?:{'|'.join(WEEKDAYS)})"
_M = f"(?:{'|'.join(MONTHS)})"
_MONTH = rf"(?:{_M}|(?:this|next|last) month)(?!\S)"
_PART = "(?:morning|afternoon|evening|night)"
_TH = "(?:st|nd|rd|th)"
_TO = "(?:to|until|-|through|thru)"
_DAY_OF_MONTH = rf"(?:the )?\d{{1,2}}{_TH}?"
_DATE = rf"(?:{_M} \d{{1,2}}{_TH}?|{_DAY_OF_MONTH}(?: (?:of )?{_M})?)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?: (?:am|pm))?"
_SURE_CLOCK = r"(?:\d{1,2}[:.]\d{2} (?:am|pm)|\d{1,2}:\d{2}|\d{1,2} (?:am|pm))"
_AND_DAYS = "(?:to|until|-|through|and|or|vs|/)"
_ZONES = (
    "(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist|jst|aest|aedt|nzst|nzdt|eastern|pacific)"
)
_NAMED = "(?:black|good|easter|cyber|bank holiday|ash|shrove|pancake|palm|mothering|super)"
_FEAST = "(?:easter|eid|diwali|christmas|xmas|new year|pay ?day|bank holiday|thanksgiving|carnival)"
_OUR = "(?:my|the|our|your|his|her|their|a|that|this)"
_ITS = "(?:the|my|it|is|our|when|good|fine|appointment|session|slot|at)"
_NTH = "(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"

_EACH = "(?:every|each|most|any|all|some|other|how many|which|what|per|a few)"

_HABITS = alternatives(rf"""
    {_EACH} (?:other |single |1 |second |2nd |third )?(?:day|week|weekend|{_W}|{_PART})(?: {_PART})?(?: s)?
    \d{{1,2}} (?:{_W}|weekend)(?: s)? (?:an?|per|each|every|out of) (?:week|month|year|\d+)
    on {_W} s(?! {_ITS})(?: (?:and|or) {_W}(?: s)?)?|(?:on )?an? {_W}(?: {_PART})?
    good {_PART}|(?:the )?(?:{_PART}|day) (?:of|1)(?!\S)(?! the \d)
    (?:next|following|1st|2nd|3rd|4th|5th|6th|7th|first|second|third|same|whole|that) (?:day|{_PART})|last day
""")
_TODAY = alternatives(rf"""
    (?:today|tonight)(?: s| is| being| was)(?: a)? {_W}
    (?:its|it is) (?:a )?{_W} (?:today|now)|today (?:its|it is) {_W}
    now (?:its|it is) {_SURE_CLOCK}|(?:its|it is) {_SURE_CLOCK}(?= (?:now|already|here|and)(?!\S))
""")
_NUMBERS = alternatives(r"""
    (?<!on )24/7|50/50|\d{1,2}/10 (?:pain|for pain)|(?:pain (?:was |is )?(?:a |like )?)\d{1,2}/10
    \d/\d (?:an? |of |inch|mm|cup|way|price)\S*
""")
_DAYS_COUNTED = alternatives(rf"""
    day (?:- )?(?:by|to|in|after) (?:- )?day(?: after(?! tomorrow s?$))?|week (?:by|to|in|after) week
    day (?:\d+ )?(?:to|until|-|through|and|or|vs) day \d+|day \d+ {_AND_DAYS} (?:day )?\d+|day \d+-\d+
    day \d+ and then day \d+(?: and so on)?|day 1 of
    day \d+(?: , (?:day )?\d+)+(?:(?: ,)? (?:and|or) (?:day )?\d+)?
""")
_RANGES = alternatives(rf"""
    (?:between|from) {_CLOCK} (?:and|to|until|-) {_CLOCK}|\d{{1,2}}-\d{{1,2}} (?:am|pm)|{_SURE_CLOCK} {_TO} {_CLOCK}
    {_M} \d{{1,2}}{_TH}? {_TO} {_DATE}|(?:from )?{_DAY_OF_MONTH} {_TO} {_DAY_OF_MONTH} (?:of )?{_M}
    {_W} (?:to|until|-|through) {_W}(?: s)?
""")
_OTHER_DAYS = alternatives(rf"""
    (?:the )?week (?:of|commencing|beginning) (?:the )?(?:{_DAY_OF_MONTH}(?! (?:of )?{_M})|{_W})
    (?:the )?{_NTH} (?:week|weekend) (?:of|in) \S+|(?:the )?(?:{_NTH} (?:{_W}|day)|last day) (?:of|in) (?!{_MONTH})\S+
    (?:the )?(?:first|second|third|last) day (?:of|in) {_M}
    {_NAMED} {_W}
    {_W} (?:after|before)(?= (?:{_FEAST}|{_OUR})(?!\S))(?: {_FEAST})?
    (?:the )?{_W} (?:after|before)(?= [.,;!?]| and|$)|the {_W} (?:after|before)(?! (?:next|last)(?!\S))
""")
_OTHER_PLACE = rf"(?:at )?{_CLOCK} {_ZONES}"


def _mute(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), mute=True)


MUTE_WORDS: tuple[Pattern, ...] = tuple(
    pattern(text, _mute)
    for text in (_HABITS, _TODAY, _NUMBERS, _DAYS_COUNTED, _RANGES, _OTHER_DAYS, _OTHER_PLACE)
)
