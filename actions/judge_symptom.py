"""Action that judges whether a symptom is expected at this time after the treatment, or after a future one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import asked, latest_message, moments_asked, person, topic_of
from actions.handbook import handbook
from actions.utterances import say
from assistant.core.aftercare.date_question import ask_doubt
from assistant.core.aftercare.dated import answer_by_date


class ActionJudgeSymptom(Action):
    """Answers "is this normal?"; the general answer for symptoms without a rule."""

    def name(self) -> str:
        return "action_judge_symptom"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        book, who, message = handbook(), person(tracker), latest_message(tracker)
        answer = answer_by_date(asked(message, who, book), who, moments_asked(message, who, book), book)
        if answer is not None:
            say(answer, dispatcher, tracker)
            return []
        dispatcher.utter_message(response=f"utter_{topic_of(message)}")
        if who.treatment.doubt:
            say(ask_doubt(who, book), dispatcher, tracker)
        return []
