"""The answer to "is a session on the 12th too late for the wedding on the 20th?"."""

from __future__ import annotations

from datetime import datetime

from knowledge.aftercare.answering import Message
from knowledge.aftercare.events import EventVerdict, at_event
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person, paragraphs, say_date, say_moment, say_zone

TOPIC = "downtime"


def weigh_event(session: datetime, event: datetime, person: Person, book: Handbook) -> Message:
    """What can still be seen of a session at the last hour it may have, when the event's first hour begins."""
    given = at_event(session, event, book.aftercare)
    words = book.wording
    opening = words.event_ok if given.verdict == "ok" else words.event_not_yet
    latest = given.latest_session
    text = paragraphs(
        [
            opening.format(session=say_date(session, person, words), event=say_date(event, person, words)),
            _still(given, book),
        ],
        [
            words.event_all_over.format(
                moment=say_moment(given.all_over, person, words) + say_zone(person, words)
            ),
            None
            if latest is None
            else words.event_latest.format(
                date=say_date(
                    datetime(latest.year, latest.month, latest.day, tzinfo=person.zone), person, words
                )
            ),
            words.event_differs,
        ],
    )
    metadata = {
        "topic": TOPIC,
        "outcome": "answered",
        "verdict": given.verdict,
        "sources": [dict(source) for source in given.sources],
    }
    return {"text": text, "metadata": metadata | _ok_from(given)}


def _ok_from(given: EventVerdict) -> dict[str, str]:
    return {} if given.ok_from is None else {"ok_from": given.ok_from.isoformat()}


def _still(given: EventVerdict, book: Handbook) -> str | None:
    titles = ", ".join(step.title[0].lower() + step.title[1:] for step in given.still)
    return book.wording.event_still.format(titles=titles) if titles else None
