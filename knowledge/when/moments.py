"""The moment of a person's treatment in what they write."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from knowledge.when.corrections import takes_back
from knowledge.when.found import Ambiguous, Found, Lean, Mention, Moment, Nothing, Refused
from knowledge.when.mentions import find_moments
from knowledge.when.reading import read
from knowledge.when.words import WEEKDAYS

_W = "|".join(WEEKDAYS)
_TODAY_IS = re.compile(
    rf"(?<!\S)(?:today(?: s| is| its)?(?: a)? (?P<one>{_W})|its (?P<other>{_W}) today)(?!\S)"
)
_FINER = {"minute": 0, "part_of_day": 1, "day": 2}


def find_moment(text: str, now: datetime, expects: Lean = None, known: datetime | None = None) -> Found:
    """The moment of the person's treatment that a message tells.

    Of several, one of the side that is expected, or else a past one, goes before the others, and what is corrected
    ("wednesday, no wait, tuesday") is dropped. What is only weighed up ("could i go again friday") and what happens
    to others or at other events is no treatment; ``find_moments`` has those too.

    Args:
        text: what somebody wrote.
        now: the present moment in the person's zone.
        expects: the side of now that was asked for, if one was; words that say their side go before it.
        known: the moment known so far, for corrections: "it was the day before", "at 3".

    Returns:
        A Moment; Ambiguous with the choices; Refused for what cannot be; Nothing where no treatment is dated.

    Raises:
        ValueError: ``now`` or ``known`` has no time zone.
    """
    found = _treatment(text, now, expects, known)
    other_now = _now_by_their_weekday(text, now)
    if other_now is None or not isinstance(found, Moment):
        return found
    return _unless_differing(found, _treatment(text, other_now, expects, known))


def _treatment(text: str, now: datetime, expects: Lean, known: datetime | None) -> Found:
    mentions = [
        mention
        for mention in find_moments(text, now, expects, known)
        if mention.role != "event" and not mention.asked
    ]
    standing = _not_taken_back(mentions, text)
    real = [mention for mention in standing if not isinstance(mention.found, Refused)]
    wanted = _of_the_side(real, expects) or standing
    return _one_of(wanted, text) if wanted else Nothing()


def _not_taken_back(mentions: list[Mention], text: str) -> list[Mention]:
    standing: list[Mention] = []
    for mention in mentions:
        if standing and takes_back(text[standing[-1].end : mention.start]):
            standing.pop()
        standing.append(mention)
    return standing


def _of_the_side(mentions: list[Mention], expects: Lean) -> list[Mention]:
    for side in (expects or "past", "past", "future"):
        of_side = [mention for mention in mentions if mention.role == f"treatment_{side}"]
        if of_side:
            return of_side
    return []


def _one_of(mentions: list[Mention], text: str) -> Found:
    distinct: list[Moment | Ambiguous | Refused] = []
    for mention in sorted(mentions, key=lambda mention: _vagueness(mention.found)):
        if not any(_same(mention.found, other) for other in distinct):
            distinct.append(mention.found)
    if len(distinct) == 1:
        return distinct[0]
    choices = {choice for found in distinct for choice in _choices(found)}
    expression = text[min(mention.start for mention in mentions) : max(mention.end for mention in mentions)]
    return Ambiguous("which_one", tuple(sorted(choices, key=lambda choice: choice.at)), expression)


def _vagueness(found: Moment | Ambiguous | Refused) -> tuple[int, timedelta]:
    if isinstance(found, Moment):
        return _FINER[found.precision], found.latest - found.earliest
    return 9, timedelta()


def _choices(found: Moment | Ambiguous | Refused) -> tuple[Moment, ...]:
    if isinstance(found, Moment):
        return (found,)
    return found.choices if isinstance(found, Ambiguous) else ()


def _same(one: Moment | Ambiguous | Refused, other: Moment | Ambiguous | Refused) -> bool:
    """Whether one says nothing against the other: a Friday, and that Friday at four."""
    if isinstance(one, Moment) and isinstance(other, Moment) and "minute" in (one.precision, other.precision):
        finer, vaguer = sorted((one, other), key=_vagueness)
        return vaguer.earliest <= finer.at <= vaguer.latest
    days = [{choice.at.date() for choice in _choices(found)} for found in (one, other)]
    return bool(days[0] & days[1]) or isinstance(one, Refused)


def _now_by_their_weekday(text: str, now: datetime) -> datetime | None:
    """Now moved to the weekday that the message says it is, where that is another one than here."""
    says = _TODAY_IS.search(read(text).text)
    if says is None:
        return None
    days = (WEEKDAYS.index(says["one"] or says["other"]) - now.weekday() + 3) % 7 - 3
    return now + timedelta(days=days) if days else None


def _unless_differing(found: Moment, other: Found) -> Found:
    if not isinstance(other, Moment) or other.at == found.at:
        return found
    return Ambiguous(
        "weekday_differs", tuple(sorted((found, other), key=lambda choice: choice.at)), found.expression
    )
