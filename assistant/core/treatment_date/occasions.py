"""Questions that refer to the day of the treatment ("can i shave that morning") or to an event after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from assistant.core.timex.cues import cue
from assistant.core.timex.normalized_text import normalize
from assistant.core.timex.types import Ambiguous, Mention, Moment
from assistant.core.treatment_date.mentions import find_moments
from assistant.core.treatment_date.treatment import Treatment

_THAT_DAY = cue(r"""
    that (?:same )?(?:day|morning|afternoon|evening)|(?:on|during) the day(?: itself| of)?|the day itself|the same day
    (?:on )?the (?:day|morning|afternoon) of(?! (?:the|my) wedding)
    (?:in )?the morning (?:before|of) (?:it|that)
    (?:right |just |straight )?before (?:my |the )?(?:appointment|session|treatment)
""")


def day_of_treatment(text: str, treatment: Treatment) -> tuple[datetime, datetime] | None:
    """Return the time from midnight to the known treatment if a question refers to that day."""
    moment = treatment.moment
    if moment is None or not _THAT_DAY.search(normalize(text).text):
        return None
    return datetime.combine(moment.at.date(), time(), tzinfo=moment.at.tzinfo), moment.earliest


@dataclass(frozen=True)
class Event:
    """An event, and the session before it: a hypothetical one or the person's own."""

    session: Moment
    event: Moment


def find_event(text: str, now: datetime, known: Treatment) -> Event | None:
    """Return the event of a message and the session to compare it with, or None if either is missing.

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
    """Return True if the event is in the future and after the session."""
    return event.latest >= now and event.latest >= session.earliest
