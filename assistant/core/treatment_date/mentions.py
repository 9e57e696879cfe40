"""Mentions of moments in a message, each with the role of a treatment or an event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from assistant.core.timex.clocks import Clock
from assistant.core.timex.combination import combined
from assistant.core.timex.day_terms import ReferenceFrame, Shifted
from assistant.core.timex.en.counted_patterns import amount_spot
from assistant.core.timex.end_points import reaches_a_day
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.matcher import match
from assistant.core.timex.normalized_text import NormalizedText, normalize
from assistant.core.timex.quantities import QUANTITY, quantity
from assistant.core.timex.resolution import resolved
from assistant.core.timex.types import Ambiguous, Lean, Mention, Moment, Refused, Role
from assistant.core.treatment_date.cross_mentions import Told, together
from assistant.core.treatment_date.cues import SOMEBODY, Around, around, clause_of
from assistant.core.treatment_date.elapsed_days import is_guessed, tells_own_day
from assistant.core.treatment_date.half_read import half_read, left_over
from assistant.core.treatment_date.roles import about, is_asked, is_supposed, lean_of, says_little

_DUNNO = (
    "uh+|um+|er|erm|hm+|well|so|ok|oh|i think|its|it is|it was|not sure|no idea|dunno|idk|maybe|about|[.,]"
)
_HESITATING = rf"(?:(?:{_DUNNO}) )*"
_AMOUNT = re.compile(rf"{_HESITATING}(?P<amount>{QUANTITY})(?: (?:now|i think|maybe|lol|[.,!]))*$")
_CLOCK = re.compile(rf"{_HESITATING}(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?(?: [.!])?$")


def bare_answer(reading: NormalizedText, expects: Lean, frame: ReferenceFrame) -> list[TimeExpression]:
    """Interpret the whole message as an amount of time before or after now, or as a time on the known day.

    "3 days", "about a week", "4" and "9.30" are times only because one was asked for.
    """
    amount = _AMOUNT.match(reading.text)
    if amount and expects:
        spot = amount_spot(amount, quantity(amount["amount"]), -1 if expects == "past" else 1)
        return [spot] if spot else []
    clock = _CLOCK.match(reading.text)
    if clock and frame.known:
        return [TimeExpression(*clock.span(), clock=Clock(int(clock["hour"]), int(clock["minute"] or 0)))]
    return []


MOST_EXPRESSIONS: Final = 20
"""Maximum number of expressions to interpret in a message, since each is compared with all others."""


@dataclass(frozen=True)
class Message:
    """A normalized message, its time expressions and their context."""

    reading: NormalizedText
    spots: list[TimeExpression]
    every: list[TimeExpression]
    """The expressions, and non-temporal matches."""
    frame: ReferenceFrame
    idle: bool
    """The message says nothing but times."""
    asked_for: bool
    """A moment was asked for, so an expression without a cue for its role is the treatment's."""
    side: Lean
    """Direction of expressions whose wording leaves it open."""


def read_message(text: str, frame: ReferenceFrame, expects: Lean, known_side: Lean) -> Message:
    """Normalize a message and merge its expressions.

    Args:
        text: the message.
        frame: now and the day known so far.
        expects: the direction that was asked for, if any.
        known_side: the direction of the known moment.
    """
    reading = normalize(text)
    found: Sequence[TimeExpression] = match(reading.text)
    idle = says_little(without(found, reading.text))
    if idle:
        found = [spot for spot in found if spot.counts != "bare"]
    whole = combined(found, reading.text, frame, alone=idle and frame.known is not None)[:MOST_EXPRESSIONS]
    if not whole:
        whole, idle = bare_answer(reading, expects, frame), True
    every = [*whole, *(spot for spot in found if spot.mute)]
    return Message(reading, whole, every, frame, idle, expects is not None, expects or known_side)


def without(found: Sequence[TimeExpression], text: str) -> str:
    """Return the text without its expressions."""
    edges = [0, *(edge for spot in found if not spot.mute for edge in (spot.start, spot.end)), len(text)]
    return " ".join(text[a:b] for a, b in zip(edges[::2], edges[1::2]))


_DENIED = re.compile(
    r"(?<!\S)(?:(?:not|wasnt|isnt|instead of|rather than|thought it was|(?:moved|changed) from)(?: (?:on|the|at|for))*|"
    r"(?:day|week|fortnight|month|year) (?:from|after|before))$"
)
"""Precedes an expression that does not stand for itself: not friday; a year after christmas."""

_MARK = re.compile(r"[.?!;]")


def find_moments(
    text: str, now: datetime, expects: Lean = None, known: datetime | None = None
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
    message = read_message(
        text, ReferenceFrame(now, None, _known_day(now, known)), expects, _side(now, known)
    )
    told = (
        Told(spot, around(message.reading.text, spot, message.spots), mention)
        for spot in message.spots
        if (mention := _mention(spot, message)) is not None
    )
    return tuple(together(list(told), message.frame, lambda spot: _mention(spot, message)))


def says_only_a_time(text: str, now: datetime) -> bool:
    """Return True if a message states a time and little else: "yesterday at 3", "um, i think it was friday"."""
    reading = normalize(text)
    found = match(reading.text)
    if any(not spot.mute for spot in found):
        return says_little(without(found, reading.text))
    return bool(bare_answer(reading, "past", ReferenceFrame(now, None, now.date())))


def _known_day(now: datetime, known: datetime | None) -> date | None:
    if now.utcoffset() is None or (known is not None and known.utcoffset() is None):
        raise ValueError("now and known need a time zone, the person's: datetime.now(zone)")
    return known.astimezone(now.tzinfo).date() if known else None


def _side(now: datetime, moment: datetime | None) -> Lean:
    if moment is None:
        return None
    return "past" if moment <= now else "future"


def _mention(spot: TimeExpression, message: Message) -> Mention | None:
    words = around(message.reading.text, spot, message.spots)
    if _DENIED.search(words.before) or (spot.counts and not _tells_own_day(spot, message, words)):
        return None
    told = about(words, spot, message.idle)
    treatment = told == "treatment" or (told == "" and message.asked_for)
    lean, stated = lean_of(words)
    if not stated:
        lean = _unstated(lean, words, message.side) if treatment else "future"
    start, end = message.reading.span(spot.start, spot.end)
    known = (
        message.frame.known if treatment or spot.days else None
    )  # "gym at 6" is not on the treatment's day
    frame = replace(message.frame, lean=lean, known=known)
    found = resolved(spot, message.reading.original[start:end], frame, stated and treatment)
    if found is None or (isinstance(found, Refused) and spot.counts == "after" and not message.idle):
        return None
    if not isinstance(found, Refused) and _is_partly_read(spot, message, treatment):
        found = Ambiguous("which_day", (), found.expression)
    if isinstance(found, Moment) and spot.counts and is_guessed(words, _text_of(spot, message)):
        found = Ambiguous("which_day", (found,), found.expression)
    role = _role(found, frame) if treatment else "event"
    asked = is_supposed(words) or (is_asked(words) and role != "treatment_past")
    return Mention(found, role, asked, start, end)


def _is_partly_read(spot: TimeExpression, message: Message, treatment: bool) -> bool:
    """Return True if words that may belong to an expression were left unparsed.

    For events, only adjacent words count.
    """
    text = message.reading.text
    if half_read(spot, text, message.every):
        return True
    clause = clause_of(text, spot, message.spots)
    return treatment and left_over(spot, text, clause, _telling(message, clause))


def _telling(message: Message, clause: tuple[int, int]) -> list[TimeExpression]:
    """Return the clause's expressions, except those counted from a treatment that is not the person's own."""
    text, whole = message.reading.text, message.spots
    return [
        spot
        for spot in message.every
        if spot.start <= clause[1]
        and clause[0] <= spot.end
        and (not spot.counts or _tells_own_day(spot, message, around(text, spot, whole)))
    ]


def _tells_own_day(spot: TimeExpression, message: Message, words: Around) -> bool:
    """Return True if "day 4" or "3 days after" states the time since the person's own treatment.

    Two of them in a message compare days instead.
    """
    text = message.reading.text
    if reaches_a_day(spot):
        return SOMEBODY.search(words.before) is None
    alone = not any(
        other is not spot and (other.counts or (not words.before and _leads_to(other, spot, text)))
        for other in message.spots
    )
    return alone and tells_own_day(words, spot, text)


def _leads_to(other: TimeExpression, spot: TimeExpression, text: str) -> bool:
    """Return True if a day precedes an expression in its sentence.

    In "beach on friday, 3 days after my session" the amount ends on friday.
    """
    between = text[other.end : spot.start]
    today = any(isinstance(day, Shifted) and day.days == 0 for day in other.days)
    return spot.counts == "after" and 0 < other.end <= spot.start and not today and not _MARK.search(between)


def _text_of(spot: TimeExpression, message: Message) -> str:
    return message.reading.text[spot.start : spot.end]


def _unstated(lean: Lean, words: Around, side: Lean) -> Lean:
    """Return the direction implied by a question, by words farther off, or by what was asked, in this order."""
    return "future" if is_asked(words) else lean or side


def _role(found: Moment | Ambiguous | Refused, frame: ReferenceFrame) -> Role:
    if isinstance(found, Moment):
        comes = frame.lean == "future" and found.latest > frame.now  # "next one today": from now on
        return "treatment_past" if found.at <= frame.now and not comes else "treatment_future"
    if isinstance(found, Ambiguous) and found.choices:
        ahead = any(choice.at > frame.now for choice in found.choices)
        return "treatment_future" if ahead else "treatment_past"
    return "treatment_future" if frame.lean == "future" else "treatment_past"
