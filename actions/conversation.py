"""What actions read in a tracker: who asks, what about, and which moments are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from itertools import islice
from typing import Any

from rasa_sdk import Tracker

from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person, person_of
from knowledge.aftercare.reading import asked_about
from knowledge.aftercare.subjects import Asked
from knowledge.when import Moment, arrival, day_of_treatment, find_moments

UserMessage = Mapping[str, Any]
"""The parse of one message, as the tracker has it: text, intent, entities, metadata."""


def person(tracker: Tracker) -> Person:
    """The person who is answered, by their slots and their latest message."""
    metadata = latest_message(tracker).get("metadata") or {}
    return person_of(tracker.get_slot("treatment"), metadata.get("timezone"), arrival(metadata))


def latest_message(tracker: Tracker) -> UserMessage:
    """The message that is answered."""
    return next(_messages(tracker), {})


def asked(message: UserMessage, who: Person, book: Handbook) -> Asked:
    """What a message asks about."""
    return asked_about(
        message.get("text") or "",
        topic_of(message),
        who,
        book,
        products=_named("product", message),
        activities=_named("activity", message),
    )


def topic_of(message: UserMessage) -> str:
    """The intent of a message, which is a topic."""
    return str((message.get("intent") or {}).get("name"))


def symptoms(message: UserMessage) -> tuple[str, ...]:
    """The symptoms that a message names."""
    return _named("symptom", message)


def is_alarm(message: UserMessage) -> bool:
    """Whether a message holds a sign of alarm."""
    return bool(_named("alarm", message))


def names_treatment(message: UserMessage) -> bool:
    """Whether a message says something of the person's treatment, be it that it is to be forgotten."""
    return any(each.get("entity") == "treatment" for each in message.get("entities") or [])


def moments_asked(message: UserMessage, who: Person) -> tuple[datetime, ...]:
    """The first and the last moment that a message asks about ("tonight", "on saturday"); none: now is meant."""
    text = message.get("text") or ""
    known = who.treatment.moment.at if who.treatment.moment else None
    own_day = day_of_treatment(text, who.treatment)
    if own_day is not None:
        return own_day
    named = [
        mention.found
        for mention in find_moments(text, who.now, None, known)
        if isinstance(mention.found, Moment) and (mention.role == "event" or mention.asked)
    ]
    coming = [moment for moment in named if moment.latest >= who.now]
    if not coming:
        return ()
    first = min(moment.earliest for moment in coming)
    return max(first, who.now), max(_end_of_its_day(moment) for moment in coming)


def _end_of_its_day(moment: Moment) -> datetime:
    """A night goes on after midnight, but who asks about tonight means the evening."""
    midnight = datetime.combine(moment.earliest.date(), time(23, 59), tzinfo=moment.earliest.tzinfo)
    return min(moment.latest, midnight) if moment.precision == "part_of_day" else moment.latest


def earlier_messages(tracker: Tracker) -> Iterator[UserMessage]:
    """The person's messages before the latest, the last one first."""
    return islice(_messages(tracker), 1, None)


def _messages(tracker: Tracker) -> Iterator[UserMessage]:
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            yield {**(event.get("parse_data") or {}), "metadata": event.get("metadata") or {}}


def _named(entity: str, message: UserMessage) -> tuple[str, ...]:
    entities = message.get("entities") or []
    return tuple(dict.fromkeys(each["value"] for each in entities if each.get("entity") == entity))
