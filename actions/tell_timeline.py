"""Action for the personal timeline and all questions about its date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import (
    UserMessage,
    asked,
    earlier_messages,
    latest_message,
    moments_asked,
    names_treatment,
    person,
    told_conditions,
    topic_of,
)
from actions.handbook import handbook, say
from assistant.core.aftercare.date_question import ask_doubt, tell_forgotten
from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.timeline_answer import prepare_next_time, tell_timeline
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.aftercare.timing_question import names_something, side_named
from assistant.core.protocol import AFTER_NOT_COVERED, ASK_DATE, NOT_COVERED, TIMELINE
from assistant.core.treatment_date import time_asked

ABOUT_THE_DATE = frozenset({TIMELINE, ASK_DATE})


class ActionTellTimeline(Action):
    """Sends the timeline, asks which date is meant, or confirms that it is forgotten.

    A timing question for which the date was requested is answered first.
    """

    def name(self) -> str:
        return "action_tell_timeline"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        book, who = handbook(), person(tracker)
        if who.treatment.doubt:
            say(ask_doubt(who, book), dispatcher, tracker)
        elif not who.treatment.is_known:
            # the slot stays set, to an empty value: a rule conditioned on it would not end without it
            if names_treatment(latest_message(tracker)):
                say(tell_forgotten(book), dispatcher, tracker)
            else:
                dispatcher.utter_message(response=f"utter_{TIMELINE}")
        elif (again := _asked_again(tracker, who, book)) is not None:
            say(again, dispatcher, tracker)
        else:
            answer = _of_subjects(latest_message(tracker), who, book) or _waiting_answer(tracker, who, book)
            if answer is not None:
                say(answer, dispatcher, tracker)
            say(tell_timeline(who, book), dispatcher, tracker)
        return []


def _asked_again(tracker: Tracker, who: Person, book: AftercareGuide) -> Message | None:
    """Return the answer to the question before for the time that is all this message names: "and tomorrow?"."""
    when = time_asked(latest_message(tracker).get("text") or "", who.treatment, who.now)
    message = _waiting(tracker) if when is not None and not _asked_for_date(tracker) else None
    if message is None or when is None or not _is_dated(topic_of(message), book):
        return None
    question = replace(asked(message, who, book, told_conditions(tracker)), is_ahead=True)
    return answer_by_date(question, who, when, book)


def _of_subjects(message: UserMessage, who: Person, book: AftercareGuide) -> Message | None:
    """Return the answer about a subject named with the date: "had it today and off to the beach", or a medicine."""
    named = replace(asked(message, who, book), topic=None)
    when = moments_asked(message, who, book)
    return answer_timing(named, who, when, book) if names_something(named, book.aftercare) else None


def _waiting_answer(tracker: Tracker, who: Person, book: AftercareGuide) -> Message | None:
    """Return the answer to the question that preceded the request for the date.

    There is none if the articles do not cover the date and the general answer has already been given.
    """
    message = _waiting(tracker) if _asked_for_date(tracker) else None
    if message is None or not _is_dated(topic_of(message), book):
        return None
    of_next_time = prepare_next_time(topic_of(message), who, book)
    if of_next_time is not None and _is_about_before(message):
        return of_next_time
    answer = answer_by_date(asked(message, who, book, told_conditions(tracker)), who, (), book)
    is_covered = book.content.topics[topic_of(message)].covered
    if answer is None or (answer["metadata"]["outcome"] == NOT_COVERED and is_covered):
        return of_next_time
    return answer


def _is_about_before(message: UserMessage) -> bool:
    """Return whether the time before is named: that of the next session, even on the day of the last."""
    return side_named(message.get("text") or "", is_treated=False) == "before"


def _waiting(tracker: Tracker) -> UserMessage | None:
    return next((each for each in earlier_messages(tracker) if topic_of(each) not in ABOUT_THE_DATE), None)


def _is_dated(topic: str, book: AftercareGuide) -> bool:
    return topic == AFTER_NOT_COVERED or any(topic in rule.topics for rule in book.aftercare.rules)


def _asked_for_date(tracker: Tracker) -> bool:
    """Return whether the previous message was answered with a request for the date."""
    answers: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            if answers:
                break
            continue
        if event.get("event") == "bot":
            answers.append(event)
    cards = [((answer.get("data") or {}).get("custom") or {}).get("type") for answer in answers]
    return ASK_DATE in cards
