"""Action for a new start: forgets an open candidate check."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from assistant.core.protocol import CANDIDATE_CHECK


class ActionStartOver(Action):
    """Greets and forgets the check; what was told of a treatment stays."""

    def name(self) -> str:
        return "action_start_over"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_start_over")
        return [SlotSet(CANDIDATE_CHECK, None)]
