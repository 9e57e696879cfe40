"""Rasa component: extracts from any message when the person was or will be treated."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.aftercare.rulebook import load_occasions
from assistant.core.protocol import FALLBACK, FOLLOWS, MOMENTS
from assistant.core.treatment_date import (
    Side,
    Treatment,
    arrival,
    is_correction,
    read_treatment,
    says_only_a_time,
    write_moments,
    write_treatment,
    zone_of,
)
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.contextual_reader import TELLS_DATE, TREATMENT
from assistant.nlu.conversation_history import is_date_requested
from assistant.nlu.treatment_update import TreatmentUpdate, Utterance, interpret


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TreatmentDateExtractor(StatelessComponent):
    """Adds the entity ``treatment``, and classifies a message that only gives a date as ``timeline``."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._occasions = load_occasions(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``aftercare.yml``, which names the occasions, as ``data``."""
        return {"data": "data"}

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        known = tracker.current_slot_values().get(TREATMENT) if tracker else None
        asked: Side | None = "either" if tracker and is_date_requested(tracker) else None
        for message in messages:
            self._hear(message, known, asked)
        return messages

    def _hear(self, message: Message, known: Any, asked: Side | None) -> None:
        metadata = message.get("metadata") or {}
        zone, zone_known = zone_of(metadata.get("timezone"))
        now, before = arrival(metadata).astimezone(zone), read_treatment(known, zone.key)
        heard = self._update(message, before, asked, now)
        if heard.treatment is not None:
            _add_entity(message, write_treatment(heard.treatment, zone.key if zone_known else None))
        moments = write_moments(message.get(TEXT) or "", now, (heard.treatment or before).moment)
        message.set(MOMENTS, moments, add_to_output=True)
        if heard.intent is not None and heard.intent != message.get(INTENT)["name"]:
            _set_intent(message, heard.intent)

    def _update(
        self, message: Message, before: Treatment, asked: Side | None, now: datetime
    ) -> TreatmentUpdate:
        follows, tells_date = bool(message.get(FOLLOWS)), bool(message.get(TELLS_DATE))
        if asked is None and follows and not tells_date and _asks_of_another_time(message.get(TEXT), now):
            return TreatmentUpdate()
        heard = interpret(_said(message), before, asked, now, self._occasions)
        # the previous question is answered again for a date that follows it
        return replace(heard, intent=None) if follows and tells_date else heard


def _asks_of_another_time(text: str, now: datetime) -> bool:
    """Return whether a follow-up repeats the question for another time ("and tomorrow?") and corrects nothing."""
    return says_only_a_time(text, now) and not is_correction(text)


def _said(message: Message) -> Utterance:
    entities: dict[str, frozenset[str]] = {}
    for entity in message.get(ENTITIES, []):
        entities[entity["entity"]] = entities.get(entity["entity"], frozenset()) | {str(entity["value"])}
    ranking = [entry["name"] for entry in message.get(INTENT_RANKING_KEY, [])]
    return Utterance(message.get(TEXT) or "", message.get(INTENT)["name"], ranking, entities)


def _add_entity(message: Message, value: dict[str, Any]) -> None:
    entity = {"entity": TREATMENT, "value": value, "extractor": TreatmentDateExtractor.__name__}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def _set_intent(message: Message, name: str) -> None:
    others = [entry for entry in message.get(INTENT_RANKING_KEY, []) if entry["name"] not in {name, FALLBACK}]
    intent = {"name": name, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
