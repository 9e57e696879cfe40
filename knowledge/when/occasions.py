"""A session and a day that matters, in one question: "is the 12th too late for the wedding on the 20th?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.when.found import Mention, Moment
from knowledge.when.mentions import find_moments
from knowledge.when.treatment import Treatment


@dataclass(frozen=True)
class Event:
    """The session that is weighed up, or the person's own, and the event after it."""

    session: Moment
    event: Moment


def find_event(text: str, now: datetime, known: Treatment) -> Event | None:
    """The event of a message and the session that it is held against; ``None`` where one of them is missing.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    mentions = find_moments(text, now)
    event = _first([mention for mention in mentions if mention.role == "event"], now)
    session = _first([mention for mention in mentions if mention.role != "event"], None) or known.moment
    if event is None or session is None or event.latest < session.earliest:
        return None
    return Event(session, event)


def _first(mentions: list[Mention], since: datetime | None) -> Moment | None:
    moments = [mention.found for mention in mentions if isinstance(mention.found, Moment)]
    return next((moment for moment in moments if since is None or moment.latest >= since), None)
