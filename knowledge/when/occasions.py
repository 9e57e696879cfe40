"""A session and a day that matters, in one question: "is the 12th too late for the wedding on the 20th?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.when.found import Ambiguous, Mention, Moment
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
    events = [moment for mention in mentions if mention.role == "event" for moment in _moments(mention)]
    sessions = [moment for mention in mentions if mention.role != "event" for moment in _moments(mention)]
    if not sessions:
        sessions = [known.moment] if known.moment else []
    pairs = [Event(session, event) for session in sessions for event in events if _fits(session, event, now)]
    return min(pairs, key=lambda pair: (pair.event.at, -pair.session.at.timestamp()), default=None)


def _moments(mention: Mention) -> tuple[Moment, ...]:
    if isinstance(mention.found, Moment):
        return (mention.found,)
    return mention.found.choices if isinstance(mention.found, Ambiguous) else ()


def _fits(session: Moment, event: Moment, now: datetime) -> bool:
    """Of the readings of both, those where the event is still to come and after the session."""
    return event.latest >= now and event.latest >= session.earliest
