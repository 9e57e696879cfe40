"""Action that judges whether a session leaves enough time before an event."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import latest_message, named, person
from actions.handbook import handbook, say
from assistant.core.aftercare.event_answer import answer_event
from assistant.core.protocol import DOWNTIME, Interpretation
from assistant.core.treatment_date import event_of, read_moments


class ActionWeighEvent(Action):
    """Answers "is that too late for the wedding?"; without two dates, downtime in general."""

    def name(self) -> str:
        return "action_weigh_event"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        book, who = handbook(), person(tracker)
        message = latest_message(tracker)
        moments = read_moments(Interpretation.of(message).moments, message.get("text") or "", who.now, None)
        found = event_of(moments, who.now, who.treatment.moment)
        if found is None:
            dispatcher.utter_message(response=f"utter_{DOWNTIME}")
        else:
            days = found.session.latest, found.event.earliest
            say(answer_event(*days, who, book, named("activity", message)), dispatcher, tracker)
        return []
