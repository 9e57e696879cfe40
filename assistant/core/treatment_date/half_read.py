"""Detection of partly parsed time expressions, whose parsed part may denote another moment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.core.timex.en.treatment_cues import TREATMENT
from assistant.core.timex.en.vocabulary import WEEKDAYS
from assistant.core.timex.end_points import is_to_come
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.instants import Elapsed
from assistant.core.timex.quantities import Counted
from assistant.core.treatment_date.cues import EVENT

_WINDOW = 48  # characters before and after an expression
_UNIT = "second|minute|hour|h|day|night|week|fortnight|month|year|weekend"
_NUMBER = r"(?:\d+(?:\.\d+)?(?:-\d+)?|\d/\d|an?|half(?: an?)?|(?:an? )?(?:couple|few|several)(?: of)?)"
_DAY = f"(?:{'|'.join(WEEKDAYS)}|weekend)"
_ON_ITS_OWN = (
    r"(?! (?:later|after|afterwards|long|for|of|before|until|till|in a row|old|break|each|every)(?!\S))"
)
_AND = r"(?: (?:and|plus|[&+]))?"
_HALF = "(?: and (?:an? )?half)?"
_MORE = rf"(?P<more>{_NUMBER} (?:{_UNIT})(?!\S){_ON_ITS_OWN}(?: ago)?)"
_BUT_ONE = r"but (?:one|two|1|2)(?= [.,;!?]| (?:and|so|i|can|is|my|its|now|at)(?!\S)|$)"
_WEEKS = "(?:week|fortnight)(?: ago)?|(?:next|last) fortnight|(?:(?:of|in) )?the week (?:after|before)"
_BACK = "back(?= [.,;!?]|$)"
_REST = rf"(?P<rest>ago|hence|from now|{_BUT_ONE}|{_BACK}|before last|after next|{_WEEKS})(?!\S){_ON_ITS_OWN}"
_AFTER_COUNTED = re.compile(rf"(?: s)?(?: ,)?{_AND} {_MORE}|(?: s)? {_REST}")
_AFTER_A_DAY = re.compile(rf"(?: s)?{_AND} {_MORE}|(?: s)? {_REST}")
_SOME_WORD = rf"(?!(?:{_UNIT}) )(?P<word>[a-z]{{3,}})"
_JOINS = "(?:and|plus|[+&]|less|minus|bar|short of|shy of|before)"
_A_WEEK = r"(?<![\d] )(?<!a )(?<!few )(?<!of )(?<!half )(?<!the )(?<!all )(?<!whole )(?:week|fortnight)"
"""Weeks without an article: "had it week and 3 days ago"."""
_STRAY = r"(?!(?:but|so|then|now|i|it|of|off|old|red|sore|or|my|we|in|on|from|to|left|rest|wait|gap)(?!\S))[a-z]{1,4}"
"""A short word between two amounts that may be a misspelt "and"."""
_BEFORE_COUNTED = re.compile(
    rf"(?<!\S)(?<!for )(?<!every )(?P<more>{_NUMBER} (?:{_UNIT}){_HALF} {_JOINS}|"
    rf"{_NUMBER} (?:{_UNIT}){_HALF}(?: ,)?(?: {_STRAY})?|\d+ ?[/]|{_A_WEEK} and|week \d+(?: ,)?) $"
)
_UNKNOWN_BEFORE = re.compile(rf"(?<!\S)(?P<more>{_NUMBER} {_SOME_WORD} (?:and|plus|[+&])) $")
"""An unknown unit: "a sennight and a day ago"."""
_STUCK_BEFORE = re.compile(
    r"(?<!\S)\d+ ?(?!(?:mm|cm|ml|mg|x|st|nd|rd|th|k|am|pm|oclock|p|c|f|to|or|in|on|at|of|is|so|i)(?!\S))[a-z]{1,3}"
    r"(?: (?:and|,|&|[+]))? $"
)
"""An unknown abbreviation of a unit: "1fn 2 days ago"."""
_RELATION = "ago|since|until|after|before|post|to go|away|short of|shy of|mark|point|anniversary|(?:are|is|were|was) up"
_NO_DISTANCE = "".join(
    f"(?<!{word} )"
    for word in (
        "for",
        "every",
        "wait",
        "within",
        "first",
        "next",
        "last",
        "least",
        "than",
        "another",
        "after",
    )
)
_DISTANCE = re.compile(
    rf"(?<!\S){_NO_DISTANCE}(?:{_NUMBER} (?:{_UNIT}){_HALF}|{_NUMBER} [a-z]+(?= ago(?!\S)))"
    rf"(?: (?:will|has|have|had|would|are|were)(?: have)? (?:passed|gone(?: by)?|elapsed|been))? (?:{_RELATION})(?!\S)"
)
_IS_A_DISTANCE = re.compile(
    r" (?:, )?(?:(?:it|that|this|there|(?:my|the) \w+) )?(?:its|is|was|were|will be|ll be|itll be|thatll be|theres|"
    r"marks|makes(?: it)?|im|i am|ill be|i was)(?: (?:exactly|about|already|only|just|nearly|still|at|on))* "
    rf"(?P<more>{_NUMBER} (?:{_UNIT}){_HALF})(?!\S)"
    r"(?! (?:later|too|enough|old|long|ok|okay|fine|soon|early|better|before|after|not)(?!\S))"
)
"""Follows a day: "on friday its 2 weeks …" counts from something that was not parsed."""
_ASKS = re.compile(
    r"(?<!\S)(?:can|could|may|should|shall|will|would|when|what|which|how|is|are|do|does|if)(?!\S)"
)
_FOR = re.compile(rf"(?<!\S)for (?P<more>{_NUMBER} (?:{_UNIT}){_HALF} (?:and|plus|[+&])) $")
"""In "red for a week and 2 days since" this is one amount; in "for a week and 2 days ago" it is two clauses."""
_LAST_BUT = "but (?:one|two|three|1|2|3)"
_BEFORE_A_DAY = re.compile(
    rf"(?<!\S)(?<!for )(?<!every )"
    rf"(?P<more>{_NUMBER} (?:{_UNIT}){_HALF}(?: (?:on|from|past|to|before|after)){{0,2}}|{_LAST_BUT}) $"
)
_SOME_DAY_BEFORE = re.compile(rf"(?<!\S)an? {_DAY}(?: \w+)?(?: ,)? $")
_SOME_DAY_AFTER = re.compile(rf"(?: ,)?(?: it was)?(?: on)? an? {_DAY}(?!\S)")
_NEIGHBOUR = re.compile(rf"(?<!\S){_DAY} (?:after|before)(?: the)? $")
_NOT_THAT_ONE = re.compile(r"(?: \S+){0,3} not (?:\S+ ){1,4}the one (?:before|after)(?!\S)")
_THE_NEXT_ONE = re.compile(r"(?: ,)? the (?:one|1) (?:before|after)(?!\S)")
_PARTLY = re.compile(r"(?:an? )?(?:half|quarter|3 quarter|\d/\d|\d+\.\d+)(?!\S)")
_WHOLE = re.compile(r"(?<!\S)(?:\d+|one)(?: and)? $")
_MANY = re.compile(r"(?<!\S)(?:\d+|(?:couple|few|several)(?: of)?|(?:other|second|third|fourth)(?: to)?) $")
_DAYS = re.compile(rf"{_DAY} s ")


def half_read(spot: TimeExpression, text: str, every: Sequence[TimeExpression]) -> bool:
    """Return True if temporal words adjacent to an expression are part of none.

    Args:
        spot: a merged expression.
        text: the normalized text.
        every: all expressions including this one, and non-temporal matches, without overlaps.
    """
    if is_to_come(spot, text) or _is_at_some_day(spot, text):
        return True
    only_a_clock = not spot.days and spot.instant is None
    places = (_more_after(spot, text), None if only_a_clock else _more_before(spot, text))
    return any(_is_unread(place, every) for place in places) or (
        _is_counted(spot) and _unknown_before(spot, text)
    )


def left_over(
    spot: TimeExpression, text: str, clause: tuple[int, int], used: Sequence[TimeExpression]
) -> bool:
    """Return True if a distance in the clause of an expression was neither merged with it nor parsed on its own.

    Args:
        spot: a merged expression.
        text: the normalized text.
        clause: the span of its clause.
        used: the expressions that contribute to the result, including this one.
    """
    begin, end = clause
    said = _IS_A_DISTANCE.match(text, spot.end)
    if said and _is_unread(said.span("more"), used):
        return True
    return any(
        _is_unread(found.span(), used) and not _ASKS.search(_between(spot, found, text))
        for found in _DISTANCE.finditer(text, begin, end)
    )


def _between(spot: TimeExpression, found: re.Match[str], text: str) -> str:
    return text[spot.end : found.start()] if found.start() >= spot.end else text[found.end() : spot.start]


def _unknown_before(spot: TimeExpression, text: str) -> bool:
    """Return True if "and" joins it to a count of something other than a treatment or an event."""
    before = text[max(spot.start - _WINDOW, 0) : spot.start]
    if _STUCK_BEFORE.search(before):
        return True
    found = _UNKNOWN_BEFORE.search(before)
    return found is not None and not (TREATMENT.search(found["word"]) or EVENT.search(found["word"]))


def _is_at_some_day(spot: TimeExpression, text: str) -> bool:
    """Return True if an adjacent day shifts it.

    Examples: "two weeks ago on a friday", "not last friday, the one before".
    """
    before, after = text[max(spot.start - _WINDOW, 0) : spot.start], text[spot.end : spot.end + _WINDOW]
    if _is_counted(spot):
        return bool(_SOME_DAY_BEFORE.search(before) or _SOME_DAY_AFTER.match(after))
    return any((_NEIGHBOUR.search(before), _NOT_THAT_ONE.match(after), _THE_NEXT_ONE.match(after)))


def _is_unread(place: tuple[int, int] | None, every: Sequence[TimeExpression]) -> bool:
    if place is None:
        return False
    start, end = place
    return not any(other.start < end and start < other.end for other in every)


def _more_after(spot: TimeExpression, text: str) -> tuple[int, int] | None:
    rest = text[spot.end : spot.end + _WINDOW]
    found = (_AFTER_COUNTED if _is_counted(spot) else _AFTER_A_DAY).match(rest)
    if found is None:
        return None
    name = "more" if found["more"] else "rest"
    return spot.end + found.start(name), spot.end + found.end(name)


def _more_before(spot: TimeExpression, text: str) -> tuple[int, int] | None:
    start = max(spot.start - _WINDOW, 0)
    before, expression = text[start : spot.start], text[spot.start : spot.end]
    found = (_BEFORE_COUNTED if _is_counted(spot) else _BEFORE_A_DAY).search(before)
    if found is None and _is_counted(spot) and " ago" not in expression:
        found = _FOR.search(before)
    if found is None and _is_counted(spot) and _PARTLY.match(expression):
        found = _WHOLE.search(before)
    if found is None and _DAYS.match(f"{expression}{text[spot.end : spot.end + 2]} "):
        found = _MANY.search(before)
    return (start + found.start(), start + found.end()) if found else None


def _is_counted(spot: TimeExpression) -> bool:
    return any(isinstance(day, Counted) for day in spot.days) or isinstance(spot.instant, Elapsed)
