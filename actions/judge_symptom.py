"""Whether what a person notices is expected on their day."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import UserMessage, latest_message, person, symptoms, topic_of
from actions.handbook import handbook
from actions.saying import say
from knowledge.aftercare.asking import ask_doubt
from knowledge.aftercare.cues import says_one_of
from knowledge.aftercare.expecting import answer_expectation, expect_either_way
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person

USUAL = {
    "redness": ("redness",),
    "swelling_bruising": ("swelling", "bruising"),
    "peeling": ("peeling",),
    "pain": ("soreness",),
}
"""The symptoms that a topic is about, where the message names none."""


class ActionJudgeSymptom(Action):
    """Answers "is this normal?"; without a symptom that the rules know, the general answer is given."""

    def name(self) -> str:
        return "action_judge_symptom"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        book, who, message = handbook(), person(tracker), latest_message(tracker)
        topic = topic_of(message)
        if topic == "pain" and not _hurts_now(message, who, book):
            dispatcher.utter_message(response="utter_pain")
            return []
        noticed = symptoms(message) or USUAL.get(topic, ())
        if noticed:
            known = who.treatment.is_known
            answer = (answer_expectation if known else expect_either_way)(noticed, topic, who, book)
            if answer is not None:
                say(answer, dispatcher, tracker)
                return []
        dispatcher.utter_message(response=f"utter_{topic}")
        if who.treatment.doubt:
            say(ask_doubt(who, book), dispatcher, tracker)
        return []


def _hurts_now(message: UserMessage, who: Person, book: Handbook) -> bool:
    """Whether somebody who has been treated tells what they feel, rather than asks what a session is like."""
    says = bool(symptoms(message)) or says_one_of(book.wording.hurts, message.get("text") or "")
    return who.is_treated and says
