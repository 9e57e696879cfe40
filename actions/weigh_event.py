"""Action that judges whether a session leaves enough time before an event."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import latest_message, person
from actions.handbook import handbook
from actions.utterances import say
from assistant.core.aftercare.event_answer import answer_event
from assistant.core.protocol import DOWNTIME
from assistant.core.treatment_date import find_event


class ActionWeighEvent(Action):
    """Answers "is that too late for the wedding?"; without two dates, downtime in general."""

    def name(self) -> str:
        return "action_weigh_event"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        book, who = handbook(), person(tracker)
        found = find_event(latest_message(tracker).get("text") or "", who.now, who.treatment)
        if found is None:
            dispatcher.utter_message(response=f"utter_{DOWNTIME}")
        else:
            say(answer_event(found.session.latest, found.event.earliest, who, book), dispatcher, tracker)
        return []
