"""The personal timeline, and everything about its date."""

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
    names_treatment,
    person,
    topic_of,
)
from actions.handbook import handbook
from actions.saying import say
from knowledge.aftercare.answering import answer_timing
from knowledge.aftercare.asking import ask_doubt, tell_forgotten
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person
from knowledge.aftercare.subjects import Asked
from knowledge.aftercare.timeline import tell_timeline

ABOUT_THE_DATE = frozenset({"timeline", "ask_date"})


class ActionTellTimeline(Action):
    """Tells the timeline, asks which date is meant, or forgets it.

    A question of timing that made the assistant ask for the date is answered first.
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
            # the slot stays set, to nothing: a rule that has begun with it would not end without it
            if names_treatment(latest_message(tracker)):
                say(tell_forgotten(book), dispatcher, tracker)
            else:
                dispatcher.utter_message(response="utter_timeline")
        else:
            question = _subjects(latest_message(tracker), who, book) or _waiting_question(tracker, who, book)
            if question is not None:
                say(answer_timing(question, who, (), book), dispatcher, tracker)
            say(tell_timeline(who, book), dispatcher, tracker)
        return []


def _subjects(message: UserMessage, who: Person, book: Handbook) -> Asked | None:
    """What a message names beside the date: "had it this morning and we are off to the beach", or a medicine."""
    named = replace(asked(message, who, book), topic=None)
    activities = tuple(each for each in named.activities if each not in book.aftercare.occasions)
    names_something = named.products or activities or named.prescribed
    return replace(named, activities=activities) if names_something else None


def _waiting_question(tracker: Tracker, who: Person, book: Handbook) -> Asked | None:
    """The question of timing that came just before the one for the date."""
    if not _asked_for_date(tracker):
        return None
    for message in earlier_messages(tracker):
        if topic_of(message) not in ABOUT_THE_DATE:
            subject = topic_of(message)
            is_timed = any(subject in rule.topics for rule in book.aftercare.rules)
            return asked(message, who, book) if is_timed or subject == "after_not_covered" else None
    return None


def _asked_for_date(tracker: Tracker) -> bool:
    """Whether the answer to the person's message before was a question for the date."""
    answers: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            if answers:
                break
            continue
        if event.get("event") == "bot":
            answers.append(event)
    cards = [((answer.get("data") or {}).get("custom") or {}).get("type") for answer in answers]
    return "ask_date" in cards
