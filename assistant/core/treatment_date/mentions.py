"""Mentions of moments in a message, each with the role of a treatment or an event."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Final

from assistant.core.timex.amount_ends import reaches_a_day
from assistant.core.timex.combination import combined, match
from assistant.core.timex.day_terms import Shifted
from assistant.core.timex.en import SOMEBODY
from assistant.core.timex.en.amount_patterns import QUANTITY, amount_expression, quantity
from assistant.core.timex.expressions import Clock, TimeExpression
from assistant.core.timex.normalized_text import NormalizedText, normalize
from assistant.core.timex.resolution import resolved
from assistant.core.timex.types import (
    Ambiguous,
    Day,
    Direction,
    Mention,
    Moment,
    ReferenceFrame,
    Refused,
    Role,
)
from assistant.core.treatment_date import en
from assistant.core.treatment_date.context import (
    Clauses,
    Context,
    about,
    direction_of,
    is_asked,
    is_booked,
    is_filler,
    is_supposed,
    looks_back,
)
from assistant.core.treatment_date.relations import PlacedMention, in_relation
from assistant.core.treatment_date.reliability import (
    DistanceFinder,
    coverage,
    is_guessed,
    is_partly_parsed,
    states_elapsed_time,
)

_AMOUNT = re.compile(rf"{en.HESITATING}(?P<amount>{QUANTITY})(?: (?:now|i think|maybe|lol|[.,!]))*$")
_CLOCK = re.compile(rf"{en.HESITATING}(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?(?: [.!])?$")


def bare_answer(
    normalized: NormalizedText, expects: Direction, frame: ReferenceFrame
) -> list[TimeExpression]:
    """Interpret the whole message as an amount of time before or after now, or as a time on the known day.

    "3 days", "about a week", "4" and "9.30" are times only because one was asked for.
    """
    amount = _AMOUNT.match(normalized.text)
    if amount and expects:
        expr = amount_expression(amount, quantity(amount["amount"]), -1 if expects == "past" else 1)
        return [expr] if expr else []
    clock = _CLOCK.match(normalized.text)
    if clock and frame.known:
        return [TimeExpression(*clock.span(), clock=Clock(int(clock["hour"]), int(clock["minute"] or 0)))]
    return []


MOST_EXPRESSIONS: Final = 200
"""Maximum number of expressions to interpret in a message; a safeguard, since each takes the same time."""


@dataclass(frozen=True)
class Message:
    """A normalized message, its time expressions and their context."""

    normalized: NormalizedText
    exprs: list[TimeExpression]
    every: list[TimeExpression]
    """The expressions, and non-temporal matches."""
    frame: ReferenceFrame
    only_times: bool
    """The message says nothing but times."""
    asked_for: bool
    """A moment was asked for, so an expression without a cue for its role is the treatment's."""
    side: Direction
    """Direction of expressions whose wording leaves it open."""

    @property
    def text(self) -> str:
        """The normalized text."""
        return self.normalized.text

    @cached_property
    def clauses(self) -> Clauses:
        """The clauses of the text."""
        return Clauses(self.text, self.exprs)

    @cached_property
    def covered(self) -> bytearray:
        """Coverage of the text by all matches."""
        return coverage(self.text, self.every)

    @cached_property
    def distances(self) -> DistanceFinder:
        """Distances that are no part of an expression, or counted from a treatment that is not the person's own."""
        counting = (
            expr
            for expr in self.every
            if not expr.counts or _states_elapsed_time(expr, self, self.clauses.context(expr))
        )
        return DistanceFinder(self.text, coverage(self.text, counting))

    @cached_property
    def counted(self) -> int:
        """Number of expressions that count from a treatment that is not named."""
        return sum(bool(expr.counts) for expr in self.exprs)

    @cached_property
    def other_days(self) -> list[TimeExpression]:
        """Expressions for another day than today."""
        return [expr for expr in self.exprs if not any(_is_today(day) for day in expr.days)]


def read_message(text: str, frame: ReferenceFrame, expects: Direction, known_side: Direction) -> Message:
    """Normalize a message and merge its expressions.

    Args:
        text: the message.
        frame: now and the day known so far.
        expects: the direction that was asked for, if any.
        known_side: the direction of the known moment.
    """
    normalized = normalize(text)
    found: Sequence[TimeExpression] = match(normalized.text)
    only_times = is_filler(without(found, normalized.text))
    if only_times:
        found = [expr for expr in found if expr.counts != "bare"]
    whole = combined(found, normalized.text, frame, alone=only_times and frame.known is not None)[
        :MOST_EXPRESSIONS
    ]
    if not whole:
        whole, only_times = bare_answer(normalized, expects, frame), True
    every = [*whole, *(expr for expr in found if expr.non_temporal)]
    return Message(normalized, whole, every, frame, only_times, expects is not None, expects or known_side)


def without(found: Sequence[TimeExpression], text: str) -> str:
    """Return the text without its expressions."""
    times = [expr for expr in found if not expr.non_temporal]
    starts, ends = [0, *(expr.end for expr in times)], [*(expr.start for expr in times), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends))


_MARK = re.compile(r"[.?!;]")


def find_moments(
    text: str, now: datetime, expects: Direction = None, known: datetime | None = None
) -> tuple[Mention, ...]:
    """Return every moment in a message, in text order.

    Args:
        text: the message, of any length and script.
        now: the current time in the person's zone.
        expects: the direction that was asked for, if any. It resolves what the wording leaves open; words that state
            a direction take precedence.
        known: the moment known so far, to which "the day before" and "at 3" then refer.

    Returns:
        The mentions, each with an inferred role. Negated expressions ("not friday") are left out.

    Raises:
        ValueError: ``now`` or ``known`` has no time zone.
    """
    return moments_in(text, now, now.tzinfo, expects, known)


@lru_cache(maxsize=16)
def moments_in(
    text: str, now: datetime, _zone: tzinfo | None, expects: Direction, known: datetime | None
) -> tuple[Mention, ...]:
    """Return the same; the zone tells apart times that are equal, but not on the same day."""
    message = read_message(
        text, ReferenceFrame(now, None, _known_day(now, known)), expects, _side(now, known)
    )
    placed = (
        PlacedMention(expr, message.clauses.context(expr), mention)
        for expr in message.exprs
        if (mention := _mention(expr, message)) is not None
    )
    return tuple(in_relation(list(placed), message.frame, lambda expr: _mention(expr, message)))


def says_only_a_time(text: str, now: datetime) -> bool:
    """Return True if a message states a time and little else: "yesterday at 3", "um, i think it was friday"."""
    normalized = normalize(text)
    found = match(normalized.text)
    if any(not expr.non_temporal for expr in found):
        return is_filler(without(found, normalized.text))
    return bool(bare_answer(normalized, "past", ReferenceFrame(now, None, now.date())))


def _known_day(now: datetime, known: datetime | None) -> date | None:
    if now.utcoffset() is None or (known is not None and known.utcoffset() is None):
        raise ValueError("now and known need a time zone, the person's: datetime.now(zone)")
    return known.astimezone(now.tzinfo).date() if known else None


def _side(now: datetime, moment: datetime | None) -> Direction:
    if moment is None:
        return None
    return "past" if moment <= now else "future"


def _mention(expr: TimeExpression, message: Message) -> Mention | None:
    context = message.clauses.context(expr)
    if en.DENIED.search(context.before) or (expr.counts and not _states_elapsed_time(expr, message, context)):
        return None
    since = en.SINCE_A_DAY.match(_text_of(expr, message)) and len(expr.days) > 1
    subject = "treatment" if since else about(context, expr, message.only_times)
    treatment = subject == "treatment" or (subject == "" and message.asked_for)
    direction, stated = direction_of(context)
    if not stated:
        of_event: Direction = "past" if looks_back(context) else "future"
        of_treatment = "future" if is_asked(context) else direction or message.side
        direction = of_treatment if treatment else of_event
    start, end = message.normalized.span(expr.start, expr.end)
    known = (
        message.frame.known if treatment or expr.days else None
    )  # "gym at 6" is not on the treatment's day
    frame = replace(message.frame, direction=direction, known=known)
    found = resolved(expr, message.normalized.original[start:end], frame, stated and treatment)
    if found is None or (isinstance(found, Refused) and expr.counts == "after" and not message.only_times):
        return None
    if not isinstance(found, Refused) and _is_partly_parsed(expr, message, treatment):
        found = Ambiguous("which_day", (), found.expression)
    if isinstance(found, Moment) and expr.counts and is_guessed(context, _text_of(expr, message)):
        found = Ambiguous("which_day", (found,), found.expression)
    role = _role(found, frame) if treatment else "event"
    hypothetical = is_asked(context) and not is_booked(context) and role != "treatment_past"
    asked = is_supposed(context) or hypothetical
    return Mention(found, role, asked, start, end)


def _is_partly_parsed(expr: TimeExpression, message: Message, treatment: bool) -> bool:
    """Return True if words that may belong to an expression were left unparsed.

    For events, only adjacent words count.
    """
    if is_partly_parsed(expr, message.text, message.covered):
        return True
    return treatment and message.distances.is_beside(expr, message.clauses.clause(expr))


def _states_elapsed_time(expr: TimeExpression, message: Message, context: Context) -> bool:
    """Return True if "day 4" or "3 days after" states the time since the person's own treatment.

    Two of them in a message compare days instead.
    """
    if reaches_a_day(expr):
        return SOMEBODY.search(context.before) is None
    if message.counted > 1 or (not context.before and _follows_a_day(expr, message)):
        return False
    return states_elapsed_time(context, expr, message.text)


def _follows_a_day(expr: TimeExpression, message: Message) -> bool:
    """Return True if another day precedes an expression in its sentence.

    In "beach on friday, 3 days after my session" the amount ends on friday.
    """
    number = bisect_left(message.other_days, expr.start, key=lambda other: other.start)
    if expr.counts != "after" or number == 0:
        return False
    return not _MARK.search(message.text[message.other_days[number - 1].end : expr.start])


def _is_today(day: Day) -> bool:
    return isinstance(day, Shifted) and day.days == 0


def _text_of(expr: TimeExpression, message: Message) -> str:
    return message.text[expr.start : expr.end]


def _role(found: Moment | Ambiguous | Refused, frame: ReferenceFrame) -> Role:
    """Return the role of a treatment: to come if any choice is, or by the direction if there is none."""
    # "next one today": from now on
    is_open = not found.choices or (isinstance(found, Moment) and found.latest > frame.now)
    ahead = any(choice.at > frame.now for choice in found.choices)
    ahead = ahead or (is_open and frame.direction == "future")
    return "treatment_future" if ahead else "treatment_past"
