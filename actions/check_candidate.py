"""Actions for the candidate check: one question at a time until all contraindications are covered, and a new start."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.handbook import candidate_check, handbook, say
from assistant.core.aftercare.clinic_instructions import with_own_rules
from assistant.core.protocol import CANDIDATE_CHECK, CHECK_REPLY
from assistant.core.screening.messages import build_message
from assistant.core.screening.progress import read_progress, take_step, write_progress


class ActionCheckCandidate(Action):
    """Advances the check by the step that the message requests."""

    def name(self) -> str:
        return "action_check_candidate"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        check = candidate_check()
        reply = _reply(tracker)
        progress, what = take_step(
            read_progress(tracker.get_slot(CANDIDATE_CHECK)),
            reply.get("act", "go_on"),  # asking about suitability starts or continues the check
            tracker.get_slot("own_conditions") or [],
            list(check.questions),
            reply.get("about"),
        )
        message = build_message(what, progress, check, handbook().content)
        say(_with_clinic(message) if what == "end" else message, dispatcher, tracker)
        return [SlotSet(CANDIDATE_CHECK, write_progress(progress))]


def _with_clinic(message: dict[str, Any]) -> dict[str, Any]:
    book = handbook()
    return with_own_rules(message, CANDIDATE_CHECK, book.aftercare, book.content.clinic)


def _reply(tracker: Tracker) -> dict[str, Any]:
    return next(tracker.get_latest_entity_values(CHECK_REPLY), None) or {}


class ActionStartOver(Action):
    """Greets and forgets the check; what was told of a treatment stays."""

    def name(self) -> str:
        return "action_start_over"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_start_over")
        return [SlotSet(CANDIDATE_CHECK, None)]
