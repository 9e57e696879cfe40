"""The answer to "is a session on the 12th too late for the wedding on the 20th?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from knowledge.aftercare.answering import Message
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.events import EventVerdict, at_event
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person, paragraphs, say_date, say_moment, say_zone
from knowledge.aftercare.steps import Step

TOPIC = "downtime"


def weigh_event(session: datetime, event: datetime, person: Person, book: Handbook) -> Message:
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


def _latest(given: EventVerdict, session: datetime, person: Person, book: Handbook) -> str | None:
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
