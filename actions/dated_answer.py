"""Actions that answer by the person's date: whether something is allowed, and whether a symptom is expected."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import (
    asked,
    earlier_messages,
    latest_message,
    moments_asked,
    person,
    told_conditions,
    topic_of,
)
from actions.handbook import handbook, say
from assistant.core.aftercare.date_question import ask_doubt
from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.protocol import TIMELINE

Events = list[dict[str, Any]]


class ActionAnswerTiming(Action):
    """Answers "may I?" and offers the timeline."""

    def name(self) -> str:
        return "action_answer_timing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return _answer(dispatcher, tracker, offers_timeline=True)


class ActionJudgeSymptom(Action):
    """Answers "is this normal?", at this time after the treatment or after a future one."""

    def name(self) -> str:
        return "action_judge_symptom"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return _answer(dispatcher, tracker, offers_timeline=False)


def _answer(dispatcher: CollectingDispatcher, tracker: Tracker, *, offers_timeline: bool) -> Events:
    """Say the answer for the date; the general one, and a question about a date in doubt, where that is complete."""
    book, who, message = handbook(), person(tracker), latest_message(tracker)
    question = asked(message, who, book, told_conditions(tracker), earlier_messages(tracker))
    answer = answer_by_date(question, who, moments_asked(message, who, book), book)
    if answer is not None:
        say(offering_timeline(answer, tracker, book) if offers_timeline else answer, dispatcher, tracker)
        return []
    dispatcher.utter_message(response=f"utter_{topic_of(message)}")
    if who.treatment.doubt:
        say(ask_doubt(who, book), dispatcher, tracker)
    return []


def offering_timeline(answer: dict[str, Any], tracker: Tracker, book: AftercareGuide) -> dict[str, Any]:
    """Add a button for the whole timeline unless the person has seen it, or is asked something."""
    cards = [((event.get("data") or {}).get("custom") or {}).get("type") for event in tracker.events]
    if TIMELINE in cards or answer.get("buttons"):
        return answer
    return {**answer, "buttons": [{"title": book.wording.see_timeline, "payload": f"/{TIMELINE}"}]}
