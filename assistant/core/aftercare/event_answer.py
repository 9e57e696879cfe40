"""Answers about a session and a later event: what is still visible then, and which session is early enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.grammar import Draft, Message, citations, complete, lowered, say_titles
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, say_date, say_until
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rules import Rule, State, day_of, window
from assistant.core.aftercare.timeline import Step, step
from assistant.core.aftercare.timeline_answer import say_medicines
from assistant.core.protocol import ANSWERED, DOWNTIME

LONGEST = 60
"""Days before an event in which a session is searched: more than the window of any visible effect."""


@dataclass(frozen=True)
class EventVerdict:
    """Answer to "is that too late for the wedding?"; datetimes are in the zone of the session."""

    verdict: Literal["ok", "not_yet"]
    """``ok`` for a session on or before the last day that is early enough."""
    all_over: datetime
    """End of everything that can be seen or felt."""
    latest_session: date | None
    """Last day on which the effects of a session, at any hour, are over by the event; ``None`` if there is none."""
    avoided: Sequence[Step]
    """Steps that forbid something when the event begins; only those with an end."""
    still: Sequence[Step]
    """Steps that are expected when the event begins."""
    to_come: Sequence[Step]
    """Steps that are expected only later."""
    rules: Sequence[Rule]
    """Rules about what can be seen or felt, on which it rests."""


def at_event(session_at: datetime, event_at: datetime, aftercare: Rulebook) -> EventVerdict:
    """Return what is left of the session when the event begins; for a date without an hour, pass the start of the day.

    Raises:
        ValueError: a datetime is naive.
    """
    visible = _visible(session_at, aftercare)
    latest = _latest_session(session_at, event_at, aftercare)
    is_early = latest is not None and day_of(session_at) <= latest
    is_later = event_at.astimezone(session_at.tzinfo).date() < day_of(session_at)
    return EventVerdict(
        "ok" if is_early or is_later else "not_yet",
        max(_ends(visible, session_at)).astimezone(session_at.tzinfo),
        latest,
        _lines(_forbidden(session_at, aftercare), "now", session_at, event_at, aftercare),
        _lines(visible, "now", session_at, event_at, aftercare),
        _lines(visible, "upcoming", session_at, event_at, aftercare),
        visible,
    )


def _lines(
    rules: Sequence[Rule], state: State, session_at: datetime, event_at: datetime, aftercare: Rulebook
) -> list[Step]:
    lines = [step(rule, window(rule, session_at), session_at, event_at, aftercare) for rule in rules]
    return [line for line in lines if line.state == state]


def _forbidden(session_at: datetime, aftercare: Rulebook) -> list[Rule]:
    """Return the rules about what to avoid for some time after the session."""
    rules = aftercare.in_force(session_at)
    return [
        rule for rule in rules if (rule.kind, rule.direction) == ("avoid", "after") and rule.end is not None
    ]


def _visible(session_at: datetime, aftercare: Rulebook) -> list[Rule]:
    """Return the rules about what can be seen or felt, of which an article gives the days."""
    rules = aftercare.in_force(session_at)
    return [rule for rule in rules if rule.kind == "expect" and rule.symptoms and rule.end is not None]


def _ends(rules: Sequence[Rule], session_at: datetime) -> list[datetime]:
    ends = [window(rule, session_at).end for rule in rules]
    return [end for end in ends if end is not None] or [in_utc(session_at)]


def _latest_session(session_at: datetime, event_at: datetime, aftercare: Rulebook) -> date | None:
    event_day = event_at.astimezone(session_at.tzinfo).date()
    for days in range(LONGEST):
        day = event_day - timedelta(days=days)
        latest = datetime.combine(day, time(23, 59, 59), tzinfo=session_at.tzinfo)
        if max(_ends(_visible(latest, aftercare), latest)) <= in_utc(event_at):
            return day
    return None


def answer_event(
    session: datetime,
    event: datetime,
    person: Person,
    book: AftercareGuide,
    activities: Collection[str] = (),
) -> Message:
    """Return the answer for the latest possible hour of the session and the earliest of the event.

    Args:
        session: the session.
        event: what follows it.
        person: who asks.
        book: the aftercare guide.
        activities: what the message calls the event, ids of the lexicon.
    """
    given, words = at_event(session, event, book.aftercare), book.wording
    is_everyday = bool(activities) and book.aftercare.everyday.issuperset(activities)
    is_past = in_utc(session) <= in_utc(person.now)
    first = words.event_of_past if is_past else words.event_not_yet
    first = words.event_ok if given.verdict == "ok" else words.event_everyday if is_everyday else first
    said = [
        first.format(session=say_date(session, person, words), event=say_date(event, person, words)),
        _named(given.avoided, words.event_avoid, book),
        *say_medicines(given.avoided, book),
        _named(given.still, words.event_still, book),
        _named(given.to_come, words.event_to_come, book) if given.verdict == "not_yet" else None,
        None if is_past or is_everyday else _latest(given, person, book),
        words.skin_differs if is_past or is_everyday else words.event_differs,
    ]
    until, cited = say_until(given.all_over, person, words), citations(given.rules)
    over = words.event_all_over.format(until=until, cited=cited)
    metadata = {"topic": DOWNTIME, "outcome": ANSWERED} if is_everyday else _metadata(given)
    return complete(Draft([paragraphs(said)], given.rules, [over]), metadata, person, book)


def _latest(given: EventVerdict, person: Person, book: AftercareGuide) -> str | None:
    """Return the sentence with the last day that is early enough; never a past day."""
    day = given.latest_session
    if day is None:
        return None
    if day < person.now.date():
        return book.wording.event_no_day
    moment = datetime.combine(day, time(), tzinfo=person.zone)
    return book.wording.event_latest.format(date=say_date(moment, person, book.wording))


def _metadata(given: EventVerdict) -> dict[str, object]:
    metadata: dict[str, object] = {"topic": DOWNTIME, "outcome": ANSWERED, "verdict": given.verdict}
    return metadata | ({"ok_from": given.all_over.isoformat()} if given.verdict == "not_yet" else {})


def _named(lines: Sequence[Step], wording: str, book: AftercareGuide) -> str | None:
    """Return the sentence that names what the steps speak of; ``None`` without any."""
    labels = [book.aftercare.labels.get(line.id, line.title) for line in lines]
    titles = lowered(say_titles(labels)) if labels else ""
    return wording.format(titles=titles, cited=citations(line.rule for line in lines)) if titles else None
