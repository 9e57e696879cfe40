"""Rasa component: hears in any message when the person was or will be treated."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.aftercare.aftercare import load_occasions
from knowledge.when import (
    Side,
    Treatment,
    arrival,
    find_event,
    is_another,
    is_correction,
    read_treatment,
    says_only_a_time,
    told,
    write_treatment,
    zone_of,
)
from nlu.asking_back import FALLBACK, OUT_OF_SCOPE
from nlu.follow_up_reader import FOLLOWS

TREATMENT: Final = "treatment"
"""The entity, and the slot that it fills."""
ASK_DATE: Final = "ask_date"
"""Type of the card of an answer that asks for the date."""
OPEN_FOR = 3  # of the person's messages: how long a question for the date waits while they ask other things
TIMELINE: Final = "timeline"
WEIGH_EVENT: Final = "weigh_event"
"""Intent of "is a session on the 12th too late for the wedding on the 20th?"."""
_TIMED = ("after_", "prep_", "urgent")  # "may I wear make-up at the wedding?" asks about make-up
_UNSURE = frozenset({FALLBACK, OUT_OF_SCOPE})
_NOT_THEIRS = frozenset({"human", OUT_OF_SCOPE})
"""Intents where a date is the clinic's, or nobody's."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TreatmentFinder(GraphComponent):
    """Adds the entity ``treatment``, and makes a message that only gives a date a ``timeline``."""

    def __init__(self, occasions: frozenset[str]) -> None:
        self._occasions = occasions

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data``: the folder that holds ``aftercare.yml``, which names the occasions."""
        return {"data": "data"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TreatmentFinder:
        return cls(load_occasions(Path(config["data"])))

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        known = tracker.current_slot_values().get(TREATMENT) if tracker else None
        asked: Side | None = "either" if tracker and _is_asked(tracker) else None
        for message in messages:
            self._hear(message, known, asked)
        return messages

    def _hear(self, message: Message, known: Any, asked: Side | None) -> None:
        metadata = message.get("metadata") or {}
        zone, known_zone = zone_of(metadata.get("timezone"))
        now, before = arrival(metadata).astimezone(zone), read_treatment(known, zone.key)
        if asked is None and message.get(FOLLOWS) and says_only_a_time(message.get(TEXT), now):
            return  # "and tomorrow?" asks about the answer before
        after = told(message.get(TEXT) or "", now, before, asked)
        if after is not None and _counts(message, after, before, now, asked):
            _add_entity(message, write_treatment(after, zone.key if known_zone else None))
            if _is_all_that_is_said(message, after, now):
                _set_intent(message, TIMELINE)
        elif self._weighs_event(message, before, now):
            _set_intent(message, WEIGH_EVENT)

    def _weighs_event(self, message: Message, before: Treatment, now: datetime) -> bool:
        if message.get(INTENT)["name"].startswith(_TIMED):
            return False
        named = {entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == "activity"}
        return (
            not named.isdisjoint(self._occasions) and find_event(message.get(TEXT), now, before) is not None
        )


def _is_asked(tracker: DialogueStateTracker) -> bool:
    answered = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            answered += 1
        elif (
            isinstance(event, BotUttered) and ((event.data or {}).get("custom") or {}).get("type") == ASK_DATE
        ):
            return answered < OPEN_FOR
        if answered >= OPEN_FOR:
            return False
    return False


def _counts(message: Message, after: Treatment, before: Treatment, now: datetime, asked: Side | None) -> bool:
    intent = message.get(INTENT)["name"]
    if asked or is_correction(message.get(TEXT)) or after == Treatment() or intent == TIMELINE:
        return True
    return intent not in _NOT_THEIRS and not is_another(after, before, now)


def _is_all_that_is_said(message: Message, after: Treatment, now: datetime) -> bool:
    if any(entity["entity"] == "alarm" for entity in message.get(ENTITIES)):
        return False
    text = message.get(TEXT)
    if after == Treatment() or is_correction(text) or message.get(INTENT)["name"] in _UNSURE:
        return True
    return says_only_a_time(text, now)


def _add_entity(message: Message, value: dict[str, Any]) -> None:
    entity = {"entity": TREATMENT, "value": value, "extractor": TreatmentFinder.__name__}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def _set_intent(message: Message, name: str) -> None:
    others = [entry for entry in message.get(INTENT_RANKING_KEY, []) if entry["name"] not in {name, FALLBACK}]
    intent = {"name": name, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
