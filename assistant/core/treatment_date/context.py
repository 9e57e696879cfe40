"""Context of a time expression, and its classification as the person's own treatment or something else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from assistant.core.timex.en import EVENT, IT, SOMEBODY, TREATMENT
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.types import Direction
from assistant.core.treatment_date import en

_SENTENCE = frozenset(".!?;")
_WINDOW: Final = 400
"""Characters before and after an expression that are searched for cues."""


@dataclass(frozen=True)
class Context:
    """The clause of an expression, without the expression itself, and the other clauses, nearest first."""

    before: str
    after: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    sentence_end: str
    """Text up to the end of the sentence or the next expression, even beyond the clause."""
    is_question: bool
    """The sentence ends with a question mark."""


@dataclass(frozen=True)
class Clauses:
    """The clauses of a text and its time expressions, found once so that each context takes constant time."""

    text: str
    exprs: Sequence[TimeExpression]
    """Expressions in text order, without overlaps."""

    @cached_property
    def _starts(self) -> list[int]:
        """Starts of the expressions, and the end of the text."""
        return [*(expr.start for expr in self.exprs), len(self.text)]

    @cached_property
    def _boundaries(self) -> list[re.Match[str]]:
        """Boundaries outside expressions.

        One before a question that opens with a time is left out: in "yesterday i had it, today can i swim" the
        question is about today.
        """
        kept: list[re.Match[str]] = []
        for found in en.BREAK.finditer(self.text):
            opens = found.group() or not self._is_expression(kept[-1].end() if kept else 0, found.start())
            if opens and not self._is_inside(found.start()):
                kept.append(found)
        return kept

    @cached_property
    def _firsts(self) -> list[int]:
        """Start of each clause."""
        return [0, *(found.end() for found in self._boundaries)]

    @cached_property
    def _lasts(self) -> list[int]:
        """End of each clause."""
        return [*(found.start() for found in self._boundaries), len(self.text)]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [found.start() for found in self._boundaries if found.group() in _SENTENCE] + [len(self.text)]

    def _is_inside(self, place: int) -> bool:
        number = bisect_right(self._starts, place, hi=len(self.exprs))
        return number > 0 and place < self.exprs[number - 1].end

    def _is_expression(self, start: int, end: int) -> bool:
        """Return True if a part of the text consists of one expression."""
        number = bisect_left(self._starts, start)
        if number == len(self.exprs) or self.exprs[number].end > end:
            return False
        expr = self.exprs[number]
        return not (self.text[start : expr.start].strip() or self.text[expr.end : end].strip())

    def _number(self, expr: TimeExpression) -> int:
        return bisect_right(self._firsts, expr.start) - 1

    def clause(self, expr: TimeExpression) -> tuple[int, int]:
        """Return the span of the clause around an expression, other expressions included."""
        number = self._number(expr)
        return self._firsts[number], self._lasts[number]

    def context(self, expr: TimeExpression) -> Context:
        """Return the context of one of the expressions, at most ``_WINDOW`` characters before and after it."""
        start, end = self._own_part(expr, *self.clause(expr))
        first, last = expr.start - _WINDOW, expr.end + _WINDOW
        mark = self._sentence_ends[bisect_left(self._sentence_ends, expr.end)]
        before = self.text[max(start, first) : expr.start]
        return Context(
            before=(before.partition(" ")[2] if start < first else before).strip(),
            after=self.text[expr.end : min(end, last)].strip(),
            earlier=tuple(self._earlier(self._number(expr), first)),
            later=tuple(self._later(self._number(expr), last)),
            is_question=self.text.startswith("?", mark),
            sentence_end=self.text[expr.end : min(mark, self._next_start(expr))].strip(),
        )

    def _next_start(self, expr: TimeExpression) -> int:
        return self._starts[bisect_left(self._starts, expr.end)]

    def _earlier(self, number: int, first: int) -> Iterator[str]:
        """Yield the clauses before a clause, each with its boundary, as far back as position ``first``."""
        while number > 0 and self._firsts[number] > first:
            number -= 1
            part = self.text[max(self._firsts[number], first) : self._firsts[number + 1]].strip()
            yield from [part] if part else []

    def _later(self, number: int, last: int) -> Iterator[str]:
        """Yield the clauses after a clause, each with its boundary, as far as position ``last``."""
        while number < len(self._boundaries) and self._lasts[number] < last:
            number += 1
            part = self.text[self._lasts[number - 1] : min(self._lasts[number], last)].strip()
            yield from [part] if part else []

    def _own_part(self, expr: TimeExpression, start: int, end: int) -> tuple[int, int]:
        """Return the part of a clause that belongs to an expression: all of it, unless times and topics alternate.

        In "yesterday microneedling today sauna" the words after each expression belong to it.
        """
        number = bisect_left(self._starts, start)
        opening, is_only = self.exprs[number], self._starts[number + 1] >= end
        if (
            is_only
            or self.text[start : opening.start].strip()
            or en.COUNTED_FROM.match(self.text, opening.end)
        ):
            return start, end
        return expr.start, min(self._next_start(expr), end)


Near = tuple[int, tuple[int, int]]
"""Distance of a cue from the expression in characters, and its span."""
_AFTER_PENALTY = 6
"""Extra distance, in characters, for a cue that follows the expression."""


def nearby(pattern: re.Pattern[str], before: str, after: str) -> list[Near]:
    """Return the distance and span of every match before and after an expression."""
    behind = [(len(before) - found.end(), found.span()) for found in pattern.finditer(before)]
    shift = len(before) + 1
    ahead = [
        (found.start() + _AFTER_PENALTY, (found.start() + shift, found.end() + shift))
        for found in pattern.finditer(after)
    ]
    return behind + ahead


def outside(those: list[Near], others: list[Near]) -> list[Near]:
    """Drop matches that are part of a longer one in ``others``: "done" in "nails done"."""
    return [
        (distance, span)
        for distance, span in those
        if not any(other[0] <= span[0] and span[1] <= other[1] and other != span for _, other in others)
    ]


def nearest_of(those: list[Near]) -> int:
    """Return the smallest distance, or a very large one without any match."""
    return min((distance for distance, _ in those), default=10**6)


About = Literal["treatment", "event", ""]


def is_filler(text: str) -> bool:
    """Return True if a text consists of filler words and digits only."""
    return all(word in en.FILLERS or word.isdigit() for word in text.split())


def names_treatment(clause: str) -> bool:
    """Return True if a clause mentions a treatment."""
    return TREATMENT.search(clause) is not None


def is_supposed(context: Context) -> bool:
    """Return True if the past tense is hypothetical: "would it be gone if i had it on the 12th"."""
    return en.SUPPOSED.search(context.before) is not None


def is_asked(context: Context) -> bool:
    """Return True if the clause of an expression asks about it rather than states it."""
    is_stated = not context.after and en.STATED.search(context.before) is not None
    is_considered = en.ONCE_MORE.search(context.before) and not en.PAST.search(context.before)
    return bool(
        en.ASKING.search(context.before)
        or (en.JUDGED.search(context.sentence_end) and not is_stated)
        or (context.is_question and (is_considered or en.I_DO.search(context.before)))
        or (en.AGAIN.search(context.before) and en.TAG.search(context.sentence_end))
    )


def is_booked(context: Context) -> bool:
    """Return True if a question presupposes the session: "can i shave before my appointment tomorrow"."""
    return en.BOOKED.search(context.before) is not None


def _counts_from_it(context: Context) -> bool:
    """Return True for the day in "day 4 since monday", unless an event follows."""
    return en.SINCE_A_COUNT.search(context.before) is not None and not EVENT.search(context.after)


def about(context: Context, expr: TimeExpression, only_times: bool) -> About:
    """Return the subject of an expression, "" if there is no cue.

    Args:
        context: the context of the expression.
        expr: the expression itself.
        only_times: whether the message says nothing but times.
    """
    if expr.counts or _counts_from_it(context):
        return "treatment"
    after_a_treatment = context.after.startswith("after ") and names_treatment(context.after)
    if after_a_treatment or SOMEBODY.search(context.before) or en.UNTIL.search(context.before):
        return "event"
    own = _nearer(context.before, context.after) or _one_more(context)
    if own:
        return own
    if only_times or IT.search(context.before) or IT.search(context.after):
        return "event" if context.earlier and _nearer(context.earlier[0], "") == "event" else "treatment"
    if not is_filler(f"{context.before} {context.after}"):
        return ""
    return _nearer(context.earlier[0], "") if context.earlier else _nearer("", (context.later or ("",))[0])


def _one_more(context: Context) -> About:
    """Return "treatment" for a further session, after one in the clause before."""
    is_further = en.ONE_MORE.search(context.before) and context.earlier
    return "treatment" if is_further and _nearer(context.earlier[0], "") == "treatment" else ""


def _nearer(before: str, after: str) -> About:
    """Return the subject indicated by the nearest cue."""
    all_events, all_treatments = nearby(EVENT, before, after), nearby(TREATMENT, before, after)
    events, treatments = outside(all_events, all_treatments), outside(all_treatments, all_events)
    if not events and not treatments:
        return ""
    return "treatment" if nearest_of(treatments) <= nearest_of(events) else "event"


def direction_of(context: Context) -> tuple[Direction, bool]:
    """Return the direction implied by the words, and whether words adjacent to the expression state it.

    Adjacent are words in its own clause, or in the one before if its own is empty. Clauses farther off count if they
    mention a treatment.
    """
    own = _in_clause(context.before, context.after)
    if own:
        return own, True
    weak = _weak(f"{context.before} {context.after}")
    if weak:
        return weak, False
    if context.earlier and not (context.before or context.after):
        next_to = _in_clause(context.earlier[0], "")
        if next_to:
            return next_to, True
    return _farther_off(context), False


def looks_back(context: Context) -> bool:
    """Return True for something that has been, also by the question after it: "scrub on the 1st, was that ok"."""
    asked_after = f"{context.sentence_end} {context.later[0] if context.later else ''}"
    return direction_of(context) == ("past", True) or en.LOOKS_BACK.search(asked_after) is not None


def _farther_off(context: Context) -> Direction:
    clauses = (clause for clause in (*context.earlier, *context.later) if names_treatment(clause))
    return next((direction for clause in clauses if (direction := _in_clause(clause, ""))), None)


def _in_clause(before: str, after: str) -> Direction:
    if en.IS_PAST.search(before) and names_treatment(after):
        return "past"
    if en.IS_NEXT_TO.search(before) or en.IS_AFTER.search(after):
        return "future"
    future = nearby(en.FUTURE, before, after)
    past = outside(nearby(en.PAST, before, after), future)
    past = [(distance, span) for distance, span in past if span not in [other for _, other in future]]
    if not future and not past:
        return None
    return "past" if nearest_of(past) <= nearest_of(future) else "future"


def _weak(clause: str) -> Direction:
    if en.WEAK_PAST.search(clause):
        return "past"
    return "future" if en.WEAK_FUTURE.search(clause) else None
