"""Patterns that combine weeks and days, and expressions that denote no moment.

Examples: a week on friday, monday in two weeks, two fridays ago, 3 days from tuesday; every monday, 24/7.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.core.timex.dates import Sometime, Weekend
from assistant.core.timex.day_terms import (
    Anchored,
    CountedWeekday,
    Either,
    OnWeekday,
    Shifted,
    WeekdayIn,
    Which,
)
from assistant.core.timex.en import FRAGILE, MONTHS, WEEKDAYS, ZONES
from assistant.core.timex.en.amount_patterns import QUANTITY, Way, amount_expression, quantity
from assistant.core.timex.expressions import Pattern, TimeExpression, alternatives, any_of, pattern
from assistant.core.timex.quantities import Counted, CountedTo, Quantity
from assistant.core.timex.types import FARTHEST, Day

_Q = rf"(?P<amount>{QUANTITY})"
_NO_PART = "".join(
    f"(?<!{word} )"
    for word in (r"\d", "of", "few", "couple", "several", "half", "to", "or", "about", "around", "and")
)
"""Excludes weeks at the end of a longer amount: "a couple of weeks", "2 to 3 weeks"."""
_WEEKS = (
    r"(?<!last )(?<!next )(?<!this )(?<!every )"
    + _NO_PART
    + r"(?P<amount>(?:(?:\d+|an?) )?(?:week|fortnight))"
)
_A_WEEK = "(?<!last )(?<!next )(?<!this )(?<!every )week"
_TIME = "(?: s)?(?: time)?"
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_SOME = "(?:an? |the )?(?:couple|few|several)(?: of)?"
_COUNT = (
    r"(?P<rough>(?:about|around|roughly|maybe|probably|nearly|almost|over) )?"
    rf"(?P<amount>\d{{1,2}}(?:(?:-| or | to )\d{{1,2}})?|{_SOME})"
)
_DAYS = rf"(?P<name>weekend|{'|'.join(WEEKDAYS)}|(?:{'|'.join(FRAGILE)})s?)(?: s)?"
_MANY_DAYS = rf"(?P<name>weekend|(?:{'|'.join(WEEKDAYS)})(?= s(?!\S)))(?: s)?"
_ON = "(?:on |this |next |coming |this coming |come )?"
_SINCE = r"(?:since|that i|after i|from when)(?!\S)"
_WILL_BE = (
    r"(?P<will>(?:it|that|this) (?:will|ll|is going to|is gonna) be |"
    r"(?:itll|thatll|its going to|its gonna) be |its |it is )"
)
_WHICH: dict[str, Which] = {
    "": "", "last": "last", "this": "this", "next": "next", "coming": "coming", "this coming": "coming", "past": "gone",
    "this past": "gone",
}  # fmt: skip
_PAST_WEEKDAY: dict[str, Which] = {"last": "last", "past": "last", "gone": "last"}
_HAD = re.compile(r"(?<!\S)(?:had|did|got|done|was|treated|needled)(?!\S)")
_WINDOW = 32  # characters


def _weeks(found: re.Match[str]) -> Quantity:
    text = found["amount"] or "week"
    return quantity(text if " " in text else f"1 {text}")


def _is_said_of_it(found: re.Match[str]) -> bool:
    """Return True if "it" will be or is a week old, and may be a treatment mentioned just before."""
    said = found["will"]
    if not said:
        return False
    before = found.string[max(found.start() - _WINDOW, 0) : found.start()]
    return said not in ("its ", "it is ") or _HAD.search(before) is not None


def _weeks_on(found: re.Match[str]) -> TimeExpression | None:
    """Build "a week tomorrow"; if "it will be a week tomorrow", that week may begin at the treatment."""
    near = _NEAR[found["near"]]
    if not _is_said_of_it(found):
        return amount_expression(found, _weeks(found), 0, near)
    behind, ahead = CountedTo(_weeks(found), Shifted(near), None), Counted(_weeks(found), 1, near)
    return TimeExpression(*found.span(), days=(Either(behind, ahead, "past_or_future"),))


def _weeks_from(way: Way, found: re.Match[str]) -> TimeExpression | None:
    expr = amount_expression(found, _weeks(found), way, _NEAR[found["near"]])
    return expr or TimeExpression(*found.span(), days=(Sometime(),))


def _weeks_and_weekday(found: re.Match[str]) -> TimeExpression:
    """Build "a week on friday"; if "it will be a week on friday", that week may begin at the treatment."""
    weeks, number = int(min(_weeks(found).low, 99)), WEEKDAYS.index(found["weekday"])
    which = _PAST_WEEKDAY.get(found["which"] or "")
    day: Day = OnWeekday(number, which, -weeks) if which else OnWeekday(number, "coming", weeks)
    if _is_said_of_it(found):
        day = Either(CountedTo(_weeks(found), OnWeekday(number), "future"), day, "past_or_future")
    return TimeExpression(*found.span(), days=(day,))


def _from_weekday(found: re.Match[str]) -> TimeExpression | None:
    """Build "a week after next tuesday"."""
    amount = quantity(found["amount"])
    days = int(min(amount.low, FARTHEST)) * (1 if amount.unit == "day" else 7)
    day = OnWeekday(WEEKDAYS.index(found["weekday"]), _WHICH[found["which"] or ""])
    return TimeExpression(*found.span(), days=(Anchored(-days if found["side"] == "before" else days, day),))


def _weekday_in(found: re.Match[str]) -> TimeExpression:
    weeks = int(min(_weeks(found).low, 99))
    return TimeExpression(*found.span(), days=(WeekdayIn(WEEKDAYS.index(found["weekday"]), weeks),))


def _counted_day(found: re.Match[str], way: Literal[-1, 1]) -> TimeExpression:
    """Build "two fridays ago", "in a couple of mondays" or "two weekends ago"."""
    amount = quantity(f"{found['amount']} day")
    slack = 1 if found["rough"] else 0
    low, high = max(int(amount.low) - slack, 1), int(amount.high) + slack
    if found["name"] == "weekend":
        return TimeExpression(*found.span(), days=(_weekend(way * low, low < high),))
    name = FRAGILE.get(found["name"].rstrip("s"), found["name"])
    return TimeExpression(*found.span(), days=(CountedWeekday(WEEKDAYS.index(name), low, high, way),))


def _weekend(count: int, open_end: bool) -> Day:
    """Return the last (-1) or coming (1) weekend, or one farther off; ``Sometime`` for an open count."""
    if open_end or not count:
        return Sometime()
    return Weekend("last", count + 1) if count < 0 else Weekend("coming", count - 1)


def _until_a_day(found: re.Match[str]) -> TimeExpression | None:
    """Build an amount counted back from the day that follows: "two weeks on friday since"."""
    amount = quantity(found["amount"])
    return None if amount.unclear else TimeExpression(*found.span(), reaches=amount, weak=True)


def _from_a_day(found: re.Match[str]) -> TimeExpression | None:
    """Build a shift of the day that follows: "three days from tuesday"."""
    amount = quantity(found["amount"])
    size = {"day": 1, "week": 7}.get(amount.unit)
    fixed = amount.whole and amount.low == amount.high <= FARTHEST and not (amount.rough or amount.unclear)
    return TimeExpression(*found.span(), shift=int(amount.low) * size, weak=True) if size and fixed else None


WEEK_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"{_Q} from (?P<near>tomorrow)", lambda found: _weeks_from(1, found)),
    pattern(rf"{_WILL_BE}?{_WEEKS} (?P<near>today|tomorrow)(?! {_SINCE})", _weeks_on),
    pattern(rf"{_WEEKS} (?P<near>yesterday)", lambda found: _weeks_from(-1, found)),
    pattern(rf"(?:{_Q}|{_A_WEEK}) ago (?P<near>tomorrow|yesterday)", lambda found: _weeks_from(-1, found)),
    pattern(rf"{_WILL_BE}?{_WEEKS} {_ON}(?:(?P<which>last) )?{_WEEKDAY}(?! {_SINCE})", _weeks_and_weekday),
    pattern(
        rf"{_WEEKS} (?:ago|back)(?: ,)? (?:on )?(?:this )?(?P<which>last|past|gone) {_WEEKDAY}(?P<will>)",
        _weeks_and_weekday,
    ),
    pattern(rf"{_WEEKS} (?:on )?(?:this )?(?P<which>past|gone) {_WEEKDAY}(?P<will>)", _weeks_and_weekday),
    pattern(
        rf"(?P<amount>(?:\d+|an?) (?:week|fortnight|day)) (?P<side>after|from|before) "
        rf"(?:(?P<which>{any_of(filter(None, _WHICH))}) )?{_WEEKDAY}"
        r"(?! (?:morning|afternoon|evening|night)(?!\S))",
        _from_weekday,
    ),
    pattern(rf"in {_WEEKS}{_TIME}(?: ,)? (?:on the )?{_ON}{_WEEKDAY}(?! {_SINCE})", _weekday_in),
    pattern(rf"{_WEEKDAY} in {_WEEKS}{_TIME}(?! {_SINCE})", _weekday_in),
    pattern(rf"{_COUNT} {_DAYS} (?:ago|back|gone|past)", lambda found: _counted_day(found, -1)),
    pattern(
        rf"in {_COUNT} {_MANY_DAYS}(?: time)?(?! (?:ago|back)(?!\S))", lambda found: _counted_day(found, 1)
    ),
    pattern(
        rf"{_COUNT} {_DAYS} (?:from (?:now|today)|hence|time|away|to go)",
        lambda found: _counted_day(found, 1),
    ),
    pattern(rf"{_Q}(?= (?:\S+ ){{1,6}}{_SINCE})", _until_a_day),
    pattern(rf"{_Q} from", _from_a_day),
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
    (?:the )?week (?:of|commencing|beginning) (?:the )?(?:\d{{1,2}}(?! (?:of )?{_M})|{_W})
    (?:the )?{_NTH} (?:week|weekend) (?:of|in) (?!{_M}(?!\S))\S+
    (?:the )?(?:{_NTH} (?:{_W}|day)|last day) (?:of|in) (?!{_MONTH})\S+
    (?:the )?(?:first|second|third) day (?:of|in) {_M}
    {_NAMED} {_W}
    {_W} (?:after|before)(?= (?:{_FEAST}|{_OUR})(?!\S))(?: {_FEAST})?
    (?:the )?{_W} (?:after|before)(?= [.,;!?]| and|$)|the {_W} (?:after|before)(?! (?:next|last)(?!\S))
""")
_CLOCK_CHANGE = (
    r"(?:the )?clocks? (?:are |will |is |s )?(?:go|goes|going|change|changes|changing|move|moved?|gets? changed)"
    r"(?: (?:back|forward|forwards|an hour|1 hour|over|on|in|at|the)){0,4} "
    rf"(?:tonight|today|tomorrow|(?:this |on )?{_W}|this weekend|the weekend)(?: night)?"
)
_OTHER_PLACE = rf"(?:at )?{_CLOCK} (?:{ZONES})"


def _non_temporal(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), non_temporal=True)


NON_TEMPORAL_PATTERNS: tuple[Pattern, ...] = tuple(
    pattern(text, _non_temporal)
    for text in (_HABITS, _TODAY, _NUMBERS, _DAYS_COUNTED, _RANGES, _OTHER_DAYS, _CLOCK_CHANGE, _OTHER_PLACE)
)
