"""Reads the person, the question and its dates from a tracker."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import islice
from typing import Any

from rasa_sdk import Tracker

from assistant.core.aftercare.dated import asked_about, continued
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.person import Person, person_of
from assistant.core.aftercare.timing_question import TimingQuestion, says_prescribed
from assistant.core.content.cue_words import says_one_of
from assistant.core.protocol import MORE_TO_COME, SESSION_INTERVAL, SUB_MESSAGE, Interpretation
from assistant.core.treatment_date import (
    Mention,
    Moment,
    arrival,
    day_of_treatment,
    next_morning,
    read_moments,
)

UserMessage = Mapping[str, Any]
"""Parse of a message as stored in the tracker: text, intent, entities and metadata."""
_THINGS = frozenset({"product", "activity"})
SLEEP = "sleep_position"
"""Id of data/en/lexicon for sleeping."""
_SIGNS = re.compile(r"[&,;+/]")
_DENIAL = re.compile(r"\b(?:no|not wearing(?: any)?) $")
_BEDTIME = re.compile(r"\bbefore (?:i |going to |my )?$")
_RECENT = 3  # earlier messages in which the subject of this one is looked for
_SHIFT = 4  # letters; tolerance for entity offsets, which refer to the text after spelling correction


def person(tracker: Tracker) -> Person:
    """Return the person to answer, from the slots and the latest message."""
    metadata = latest_message(tracker).get("metadata") or {}
    return person_of(tracker.get_slot("treatment"), metadata.get("timezone"), arrival(metadata))


def latest_message(tracker: Tracker) -> UserMessage:
    """Return the message to answer."""
    return next(_messages(tracker), {})


def told_conditions(tracker: Tracker) -> tuple[str, ...]:
    """Return the conditions that the person has reported."""
    return tuple(tracker.get_slot("own_conditions") or ())


def asked(
    message: UserMessage,
    who: Person,
    book: AftercareGuide,
    told: Collection[str] = (),
    earlier: Iterable[UserMessage] = (),
) -> TimingQuestion:
    """Return the timing question of a message.

    Args:
        message: the message.
        who: the person who asks.
        book: the aftercare guide.
        told: the person's own conditions.
        earlier: the person's previous messages, the newest first, that say what "it" is.
    """
    message = _without_asides(message)
    read = asked_about(
        message.get("text") or "",
        topic_of(message),
        who,
        book,
        products=named("product", message),
        activities=named("activity", message),
        symptoms=named("symptom", message),
        told=told,
    )
    read = replace(read, prescribed=read.prescribed or _was_prescribed(message, read, book))
    read = replace(
        read, apart=tuple(_apart(message, book.wording)), is_one_of_several=_is_one_of_several(message)
    )
    before = [asked(each, who, book, told) for each in islice(earlier, _RECENT)]
    return continued(read, message.get("text") or "", before, book)


def _was_prescribed(message: UserMessage, read: TimingQuestion, book: AftercareGuide) -> bool:
    """Return whether a message that follows another is about a medicine which that one calls the person's own."""
    before, aftercare = Interpretation.of(message), book.aftercare
    if before.follows is None or read.topic not in aftercare.topics.medicines:
        return False
    carried = any(
        each.get("entity") == "product" and "start" not in each for each in message.get("entities") or []
    )
    return carried and says_prescribed(before.asked, read, book.wording.own_medicine, aftercare)


def _without_asides(message: UserMessage) -> UserMessage:
    """Return the message without what it denies or names as a time beside another thing.

    "No make-up, but do i need sunscreen", "cream before i sleep".
    """
    text, entities = (message.get("text") or "").lower(), message.get("entities") or []
    left = [each for each in entities if not _is_aside(each, text[: each.get("start", 0)])]
    return {**message, "entities": left} if any(each.get("entity") in _THINGS for each in left) else message


def _is_aside(entity: Mapping[str, Any], before: str) -> bool:
    is_bedtime = entity.get("value") == SLEEP and _BEDTIME.search(before)
    return bool(is_bedtime or _DENIAL.search(before))


def _is_one_of_several(message: UserMessage) -> bool:
    metadata = message.get("metadata") or {}
    return bool(metadata.get(SUB_MESSAGE) or metadata.get(MORE_TO_COME))


def _apart(message: UserMessage, words: AftercareWording) -> Iterator[TimingQuestion]:
    """Yield the products and activities in groups, separated at a conjunction such as "and"."""
    text = (message.get("text") or "").lower()
    entities = [each for each in message.get("entities") or [] if each.get("entity") in _THINGS]
    placed = sorted((each for each in entities if "start" in each), key=lambda each: each["start"])
    group: list[Mapping[str, Any]] = []
    for entity in placed:
        if group and _are_joined(text, max(group, key=lambda each: each["end"]), entity, words):
            yield _thing(group)
            group = []
        group.append(entity)
    if group:
        yield _thing(group)


def _are_joined(text: str, one: Mapping[str, Any], other: Mapping[str, Any], words: AftercareWording) -> bool:
    """Return whether two entities are separate things and not one with a name of two words."""
    start = max(0, one["start"], one["end"] - _SHIFT)
    end = min(other["end"], other["start"] + _SHIFT)
    between = text[start:end] if one["end"] <= other["start"] else ""
    return bool(_SIGNS.search(between)) or says_one_of(between, words.joined_by)


def _thing(entities: Sequence[Mapping[str, Any]]) -> TimingQuestion:
    message = {"entities": entities}
    return TimingQuestion(products=named("product", message), activities=named("activity", message))


def topic_of(message: UserMessage) -> str:
    """Return the intent of a message, which is its topic."""
    return str((message.get("intent") or {}).get("name"))


def is_alarm(message: UserMessage) -> bool:
    """Return whether a message reports an alarm."""
    return bool(named("alarm", message))


def names_treatment(message: UserMessage) -> bool:
    """Return whether a message states a treatment date or asks to forget it."""
    return any(each.get("entity") == "treatment" for each in message.get("entities") or [])


def moments_asked(message: UserMessage, who: Person, book: AftercareGuide) -> tuple[datetime, ...]:
    """Return the first and the last moment that a message asks about ("tonight", "on saturday"); empty for now.

    Of what was done before a session that is still to come, it is when it was done: "i used retinol on friday".
    """
    text = message.get("text") or ""
    own_day = day_of_treatment(text, who.treatment, who.now)
    if own_day is not None:
        return own_day
    dated = [moment for mention in _mentions_asked(message, who) for moment in mention.found.choices]
    coming = [moment for moment in dated if moment.latest >= who.now]
    if coming:
        first = min(moment.earliest for moment in coming)
        return max(first, who.now), max(_end_of_its_day(moment) for moment in coming)
    morning = next_morning(text, who.now)
    if morning is not None and not dated:
        return morning
    if not (who.is_treated or dated) and says_one_of(text, book.wording.right_now):
        return (who.now,)
    if who.is_treated or not says_one_of(text, book.wording.done_already):
        return ()
    return tuple(moment for each in dated for moment in (each.earliest, _end_of_its_day(each)))


def _mentions_asked(message: UserMessage, who: Person) -> Iterator[Mention]:
    """Yield events, hypothetical sessions and, if the question is about the gap, the session after the known one."""
    known, text = who.treatment.moment, message.get("text") or ""
    is_gap = topic_of(message) == SESSION_INTERVAL
    for mention in read_moments(Interpretation.of(message).moments, text, who.now, known):
        is_next = is_gap and mention.role == "treatment_future"
        if mention.role == "event" or ((mention.asked or is_next) and not _is_at(known, mention)):
            yield mention


def _is_at(moment: Moment | None, mention: Mention) -> bool:
    return moment is not None and any(moment.at == other.at for other in mention.found.choices)


def _end_of_its_day(moment: Moment) -> datetime:
    """Return the end of a moment, for a night at most midnight: "tonight" means the evening."""
    midnight = datetime.combine(moment.earliest.date(), time(23, 59), tzinfo=moment.earliest.tzinfo)
    return min(moment.latest, midnight) if moment.precision == "part_of_day" else moment.latest


def earlier_messages(tracker: Tracker) -> Iterator[UserMessage]:
    """Yield the person's previous messages, the newest first."""
    return islice(_messages(tracker), 1, None)


def _messages(tracker: Tracker) -> Iterator[UserMessage]:
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            yield {**(event.get("parse_data") or {}), "metadata": event.get("metadata") or {}}


def named(entity: str, message: UserMessage) -> tuple[str, ...]:
    """Return the ids of the lexicon that a message names of one kind, such as ``activity``."""
    entities = message.get("entities") or []
    return tuple(dict.fromkeys(each["value"] for each in entities if each.get("entity") == entity))
