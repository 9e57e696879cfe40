"""Expressions that may not be taken at their word: general questions about "day 4", and partly parsed ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.core.timex.amount_ends import is_to_come
from assistant.core.timex.en import EVENT, NAMES_SESSION, TREATMENT, WEEKDAYS
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.quantities import Counted, Elapsed
from assistant.core.treatment_date import en
from assistant.core.treatment_date.context import Context

_FEW = 5
_OF = (" of", " from", " since", " post")


def states_elapsed_time(context: Context, expr: TimeExpression, text: str) -> bool:
    """Return True if an expression states the time since the person's own treatment.

    It does after "i am" or with "now", adjacent to words about the state of the skin, and at the start of a message;
    "day 4" also in a clause of its own.

    Args:
        context: the context of the expression.
        expr: an expression with ``counts``.
        text: the normalized text.
    """
    if en.OF_ANOTHER.search(context.after) or en.OF_OTHERS.search(context.after):
        return False
    expression = text[expr.start : expr.end]
    if expr.counts == "until":
        return en.PERSONALLY.search(context.before) is not None or not en.ANY_SUCH_DAY.search(context.before)
    if expr.counts == "bare":
        return _next_to_skin_state(context)
    if expression.startswith("after "):
        return _still_is(context, expression)
    return _states_time(context, expr, expression)


def _states_time(context: Context, expr: TimeExpression, expression: str) -> bool:
    if expr.counts == "after" and en.HAPPENED_BEFORE.search(context.before):
        return False
    if en.PERSONALLY.search(context.before) or en.RIGHT_NOW.search(f"{expression} {context.after}"):
        return True
    if en.IT_IS.search(context.before) and (expr.counts == "day" or not context.earlier):
        return True
    if en.ANY_SUCH_DAY.search(context.before) or en.HAPPENED_BEFORE.search(context.before):
        return False
    return _stands_alone(context, expr) or en.SKIN_STATE.search(_near(context)) is not None


def is_guessed(context: Context, expression: str) -> bool:
    """Return True if it may just as well ask about any such day: "foundation after 2 days of needling ok?"."""
    own = f"{context.before} {context.after} {context.sentence_end}"
    told = en.OWN.search(own) or en.SKIN_STATE.search(own)
    return expression.startswith("after ") and expression.endswith(_OF) and told is None


def _stands_alone(context: Context, expr: TimeExpression) -> bool:
    if context.before or en.ASKED_RIGHT_AFTER.match(context.sentence_end):
        return False
    if not context.after:
        return expr.counts == "day" or not context.earlier
    counted_to = (en.QUESTION, en.HAPPENED_BEFORE, en.PLANNED)
    elsewhere = any(words_of.search(clause) for clause in context.earlier for words_of in counted_to)
    return not elsewhere and TREATMENT.match(en.ARTICLE.sub("", context.after)) is not None


def _next_to_skin_state(context: Context) -> bool:
    """Return True for a bare amount in a clause of its own, adjacent to one about the state of the skin."""
    others = any(en.QUESTION.search(clause) or en.LASTED.search(clause) for clause in context.earlier)
    if context.before or context.after or others:
        return False
    beside = [clause for clause in (*context.earlier[:1], *context.later[:1]) if len(clause.split()) <= _FEW]
    return any(en.SKIN_STATE.search(clause) and not en.LASTED.search(clause) for clause in beside)


def _still_is(context: Context, expression: str) -> bool:
    """Return True if "after 4 days" states the time since the treatment.

    The skin is still in that state, or the treatment is named.
    """
    parts = (context.before, *context.earlier[:1])
    if any(en.QUESTION.search(part) or en.HAPPENED_BEFORE.search(part) for part in parts):
        return False
    if en.GENERALLY.search(context.before) or en.THEN.search(context.after):
        return False
    return expression.endswith(_OF) or (
        en.STILL.search(context.before) is not None and en.SKIN_STATE.search(context.before) is not None
    )


def _near(context: Context) -> str:
    """Return the words of the clause, or of the one before if it has none."""
    own = f"{context.before} {context.after}".strip()
    return own or (context.earlier or ("",))[0]


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
_NO_DISTANCE = (
    "(?<!for )(?<!every )(?<!wait )(?<!within )(?<!first )(?<!next )(?<!last )(?<!least )(?<!than )(?<!another )"
    "(?<!after )"
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


def coverage(text: str, exprs: Iterable[TimeExpression]) -> bytearray:
    """Return a byte for each character of a text: 1 within an expression, else 0."""
    covered = bytearray(len(text))
    for expr in exprs:
        covered[expr.start : expr.end] = b"\1" * (expr.end - expr.start)
    return covered


def is_partly_parsed(expr: TimeExpression, text: str, covered: bytearray) -> bool:
    """Return True if temporal words adjacent to an expression are part of none.

    Args:
        expr: a merged expression.
        text: the normalized text.
        covered: coverage of all expressions including this one, and of non-temporal matches.
    """
    if is_to_come(expr, text) or _is_at_some_day(expr, text):
        return True
    only_a_clock = not expr.days and expr.instant is None
    places = (_more_after(expr, text), None if only_a_clock else _more_before(expr, text))
    return any(place is not None and _is_unparsed(place, covered) for place in places) or (
        _is_counted(expr) and _unknown_before(expr, text)
    )


@dataclass
class DistanceFinder:
    """Distances in a text that contribute to no result.

    ``covered`` is the coverage of the expressions that do contribute. Each clause is searched once.
    """

    text: str
    covered: bytearray
    _found: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)

    def is_beside(self, expr: TimeExpression, clause: tuple[int, int]) -> bool:
        """Return True if a distance in the clause of an expression was neither merged with it nor parsed on its own."""
        counts_from_it = _IS_A_DISTANCE.match(self.text, expr.end)
        if counts_from_it:
            start, end = counts_from_it.span("more")
            if _is_unparsed((start, min(end, clause[1] + 1)), self.covered):
                return True
        return any(not _ASKS.search(between) for between in self._gaps(expr, clause))

    def _gaps(self, expr: TimeExpression, clause: tuple[int, int]) -> Iterator[str]:
        """Yield the text between an expression and the nearest distance on each side."""
        spans = self._unparsed(clause)
        number = bisect_left(spans, (expr.end, 0))
        if number < len(spans):
            yield self.text[expr.end : spans[number][0]]
        if number and not self._is_before_a_named_session(spans[number - 1], expr):
            yield self.text[spans[number - 1][1] : expr.start]

    def _is_before_a_named_session(self, distance: tuple[int, int], expr: TimeExpression) -> bool:
        """Return True for "3 days before my session on friday", in which the day is the session's."""
        between = self.text[distance[1] : expr.start]
        return self.text[slice(*distance)].endswith(" before") and NAMES_SESSION.search(between) is not None

    def _unparsed(self, clause: tuple[int, int]) -> list[tuple[int, int]]:
        if clause not in self._found:
            spans = (found.span() for found in _DISTANCE.finditer(self.text, *clause))
            self._found[clause] = [span for span in spans if _is_unparsed(span, self.covered)]
        return self._found[clause]


def _unknown_before(expr: TimeExpression, text: str) -> bool:
    """Return True if "and" joins it to a count of something other than a treatment or an event."""
    before = text[max(expr.start - _WINDOW, 0) : expr.start]
    if _STUCK_BEFORE.search(before):
        return True
    found = _UNKNOWN_BEFORE.search(before)
    return found is not None and not (TREATMENT.search(found["word"]) or EVENT.search(found["word"]))


def _is_at_some_day(expr: TimeExpression, text: str) -> bool:
    """Return True if an adjacent day shifts it.

    Examples: "two weeks ago on a friday", "not last friday, the one before".
    """
    before, after = text[max(expr.start - _WINDOW, 0) : expr.start], text[expr.end : expr.end + _WINDOW]
    if _is_counted(expr):
        return bool(_SOME_DAY_BEFORE.search(before) or _SOME_DAY_AFTER.match(after))
    return any((_NEIGHBOUR.search(before), _NOT_THAT_ONE.match(after), _THE_NEXT_ONE.match(after)))


def _is_unparsed(place: tuple[int, int], covered: bytearray) -> bool:
    return not any(covered[slice(*place)])


def _more_after(expr: TimeExpression, text: str) -> tuple[int, int] | None:
    rest = text[expr.end : expr.end + _WINDOW]
    found = (_AFTER_COUNTED if _is_counted(expr) else _AFTER_A_DAY).match(rest)
    if found is None:
        return None
    name = "more" if found["more"] else "rest"
    return expr.end + found.start(name), expr.end + found.end(name)


def _more_before(expr: TimeExpression, text: str) -> tuple[int, int] | None:
    start = max(expr.start - _WINDOW, 0)
    before, expression = text[start : expr.start], text[expr.start : expr.end]
    found = (_BEFORE_COUNTED if _is_counted(expr) else _BEFORE_A_DAY).search(before)
    if found is None and _is_counted(expr) and " ago" not in expression:
        found = _FOR.search(before)
    if found is None and _is_counted(expr) and _PARTLY.match(expression):
        found = _WHOLE.search(before)
    if found is None and _DAYS.match(f"{expression}{text[expr.end : expr.end + 2]} "):
        found = _MANY.search(before)
    return (start + found.start(), start + found.end()) if found else None


def _is_counted(expr: TimeExpression) -> bool:
    return any(isinstance(day, Counted) for day in expr.days) or isinstance(expr.instant, Elapsed)
