"""Conversion of a message to a timing question: topic, entities and form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.core.aftercare.cues import says_one_of
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.person import Person, readings
from assistant.core.aftercare.timing_question import (
    TimingQuestion,
    says_prescribed,
    side_named,
    topic_for_phase,
)
from assistant.core.protocol import SYMPTOM_REPORT


def asked_about(
    text: str,
    topic: str,
    person: Person,
    book: AftercareGuide,
    *,
    products: tuple[str, ...] = (),
    activities: tuple[str, ...] = (),
    symptoms: tuple[str, ...] = (),
    told: Collection[str] = (),
) -> TimingQuestion:
    """Return the timing question of a text, given its topic and the products, activities and symptoms it names.

    ``told`` are the person's own conditions from earlier in the conversation.
    """
    words, topics = book.wording, book.aftercare.topics
    is_treated = all(reading.is_treated for reading in readings(person))
    asked = TimingQuestion(
        topic=topic_for_phase(topic, text, topics, is_treated=is_treated),
        products=products,
        activities=activities,
        side=side_named(text, is_treated=is_treated),
        must=says_one_of(text, words.asks_must),
        stops=says_one_of(text, (*words.asks_stop, *words.asks_without)),
        without=says_one_of(text, words.asks_without),
        may=says_one_of(text, words.asks_may),
        symptoms=symptoms,
        is_noticed=_is_noticed(text, topic, words),
        is_ahead=says_one_of(text, words.future),
        hurts=says_one_of(text, words.hurts),
        is_next_session=says_one_of(text, words.another_session) and not says_one_of(text, words.how_often),
    )
    is_theirs = says_prescribed(text, asked, words.own_medicine, book.aftercare)
    was_told = asked.topic in topics.medicines and not (products or words.own_medicine.told.isdisjoint(told))
    return replace(asked, prescribed=is_theirs or was_told)


def _is_noticed(text: str, topic: str, words: AftercareWording) -> bool:
    """Return whether the text reports something present: by its topic, or in words that only fit the present."""
    is_report = topic == SYMPTOM_REPORT or says_one_of(text, words.noticed)
    return is_report and not says_one_of(text, words.ahead)
