"""A session and an event after it: what can still be seen then, and which session would be early enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, say_date, say_moment, say_zone
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timeline import Step, step
from assistant.core.aftercare.timing_answer import Message
from assistant.core.aftercare.windows import State, day_of, window
from assistant.core.content.articles import Source

LONGEST = 60
"""Days before an event from which a session is looked for: more than any window of what can be seen."""


@dataclass(frozen=True)
class EventVerdict:
    """The answer to "is that too late for the wedding?"; moments are in the zone of the session."""

    verdict: Literal["ok", "not_yet"]
    """``ok`` for a session on the last day that is early enough, or before it."""
    all_over: datetime
    """From when on nothing that can be seen or felt is expected any more."""
    latest_session: date | None
    """The last day on which a session, at any hour, is all over at the event; ``None`` if there is none."""
    still: Sequence[Step]
    """What is expected or to be avoided when the event begins, among what has an end."""
    to_come: Sequence[Step]
    """What is expected only later."""
    sources: Sequence[Source]
    disagreement: bool


def at_event(session_at: datetime, event_at: datetime, aftercare: Rulebook) -> EventVerdict:
    """What is left of the session when the event begins. A date without an hour: give the beginning of that day.

    Raises:
        ValueError: a moment has no time zone.
    """
    visible = _visible(session_at, aftercare)
    latest = _latest_session(session_at, event_at, aftercare)
    is_early = latest is not None and day_of(session_at) <= latest
    is_later = event_at.astimezone(session_at.tzinfo).date() < day_of(session_at)
    passing = [*_forbidden(session_at, aftercare), *visible]
    return EventVerdict(
        "ok" if is_early or is_later else "not_yet",
        max(_ends(visible, session_at)).astimezone(session_at.tzinfo),
        latest,
        _lines(passing, "now", session_at, event_at, aftercare),
        _lines(visible, "upcoming", session_at, event_at, aftercare),
        aftercare.cited(visible),
        any(rule.disagreement for rule in visible),
    )


def _lines(
    rules: Sequence[Rule], state: State, session_at: datetime, event_at: datetime, aftercare: Rulebook
) -> list[Step]:
    lines = [step(rule, window(rule, session_at), session_at, event_at, aftercare) for rule in rules]
    return [line for line in lines if line.state == state]


def _forbidden(session_at: datetime, aftercare: Rulebook) -> list[Rule]:
    """The rules about what is to be left out for some time after the session."""
    rules = aftercare.in_force(session_at)
    return [
        rule for rule in rules if (rule.kind, rule.direction) == ("avoid", "after") and rule.end is not None
    ]


def _visible(session_at: datetime, aftercare: Rulebook) -> list[Rule]:
    """The rules about what can be seen or felt."""
    return [rule for rule in aftercare.in_force(session_at) if rule.kind == "expect" and rule.symptoms]


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


TOPIC = "downtime"


def answer_event(session: datetime, event: datetime, person: Person, book: AftercareGuide) -> Message:
    """What can still be seen of a session at the last hour it may have, when the event's first hour begins."""
    given = at_event(session, event, book.aftercare)
    words = book.wording
    opening = words.event_ok if given.verdict == "ok" else words.event_not_yet
    over = say_moment(given.all_over, person, words) + say_zone(person, words)
    text = paragraphs(
        [
            opening.format(session=say_date(session, person, words), event=say_date(event, person, words)),
            _named(given.still, words.event_still),
            _named(given.to_come, words.event_to_come) if given.verdict == "not_yet" else None,
        ],
        [
            words.event_all_over.format(moment=over),
            _latest(given, session, person, book),
            words.event_differs,
        ],
    )
    return {"text": text, "metadata": _metadata(given)}


def _latest(given: EventVerdict, session: datetime, person: Person, book: AftercareGuide) -> str | None:
    """The last day that is early enough, for a session that is still to come; never one that is past."""
    day = given.latest_session
    if day is None or in_utc(session) <= in_utc(person.now):
        return None
    if day < person.now.date():
        return book.wording.event_no_day
    moment = datetime.combine(day, time(), tzinfo=person.zone)
    return book.wording.event_latest.format(date=say_date(moment, person, book.wording))


def _metadata(given: EventVerdict) -> dict[str, object]:
    metadata: dict[str, object] = {
        "topic": TOPIC,
        "outcome": "answered",
        "verdict": given.verdict,
        "sources": [dict(source) for source in given.sources],
    }
    if given.verdict == "not_yet":
        metadata["ok_from"] = given.all_over.isoformat()
    return metadata | ({"disagreement": True} if given.disagreement else {})


def _named(lines: Sequence[Step], wording: str) -> str | None:
    titles = "; ".join(line.title[0].lower() + line.title[1:] for line in lines)
    return wording.format(titles=titles) if titles else None
