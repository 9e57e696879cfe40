"""Patterns that combine weeks and days.

Examples: a week on friday, monday in two weeks, two fridays ago, 3 days from tuesday.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.core.timex.dates import Sometime, Weekend
from assistant.core.timex.day_terms import (
    FARTHEST,
    Anchored,
    CountedWeekday,
    Day,
    Either,
    OnWeekday,
    Shifted,
    WeekdayIn,
    Which,
)
from assistant.core.timex.en.counted_patterns import Way, amount_spot
from assistant.core.timex.en.vocabulary import FRAGILE, WEEKDAYS
from assistant.core.timex.expressions import Pattern, TimeExpression, any_of, pattern
from assistant.core.timex.quantities import QUANTITY, Counted, CountedTo, Quantity, quantity

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
_BEHIND: dict[str, Which] = {"last": "last", "past": "last", "gone": "last"}
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
        return amount_spot(found, _weeks(found), 0, near)
    behind, ahead = CountedTo(_weeks(found), Shifted(near), None), Counted(_weeks(found), 1, near)
    return TimeExpression(*found.span(), days=(Either(behind, ahead, "past_or_future"),))


def _weeks_from(way: Way, found: re.Match[str]) -> TimeExpression | None:
    spot = amount_spot(found, _weeks(found), way, _NEAR[found["near"]])
    return spot or TimeExpression(*found.span(), days=(Sometime(),))


def _weeks_and_weekday(found: re.Match[str]) -> TimeExpression:
    """Build "a week on friday"; if "it will be a week on friday", that week may begin at the treatment."""
    weeks, number = int(min(_weeks(found).low, 99)), WEEKDAYS.index(found["weekday"])
    which = _BEHIND.get(found["which"] or "")
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


WEEK_WORDS: tuple[Pattern, ...] = (
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
