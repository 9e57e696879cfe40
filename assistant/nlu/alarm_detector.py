"""Rasa component: an alarm overrides every other intent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from assistant.core.content.alarms import alarms_file, read_alarms
from assistant.core.protocol import URGENT
from assistant.core.treatment_date import arrival, read_treatment, zone_of
from assistant.nlu.alarm_patterns import AlarmPatterns, Signs
from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.contextual_reader import TREATMENT
from assistant.nlu.intent_classifier import ALARM_PROBABILITY
from assistant.nlu.spacy_pipeline import build_base
from assistant.nlu.text_analyzer import DOC
from assistant.nlu.treatment_phase import Standing, standing

FEW = 3  # words
PLAINLY = 0.9  # topic confidence above which the message clearly has another topic
_OF_SYMPTOMS = frozenset({"symptom_report", "out_of_scope"})

SURE_SIGN = "sure_sign"
"""Message key: true if the wording alone indicates an alarm."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AlarmDetector(TrainableComponent):
    """Replaces the intent of a message with an alarm by ``urgent`` and adds the entity ``alarm``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``alarms.yml`` (``data``) and thresholds for the alarm probability.

        ``alone`` applies without any pattern match; ``beside_topic`` replaces it if the message clearly has another
        topic, is hypothetical or calls the symptom mild. ``backed_by_sign`` applies with a match that is not sure,
        ``backed_by_sure_sign`` with a sure one; below the latter, the words are about something else.
        """
        return {
            "data": "data",
            "alone": 0.45,
            "beside_topic": 0.7,
            "backed_by_sign": 0.35,
            "backed_by_sure_sign": 0.15,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the patterns, so that Rasa retrains the component when their file changes."""
        return hashlib.sha256(alarms_file(Path(config.get("data", "data"))).read_bytes()).hexdigest()

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        # stored with the model, so that the model and its patterns always match
        (folder / "alarms.yml").write_bytes(alarms_file(Path(self._config["data"])).read_bytes())

    def _read(self, folder: Path) -> None:
        self._rules = AlarmPatterns(build_base(), read_alarms(folder / "alarms.yml"))

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        # resolved lazily and once; the whole message comes before its segments
        where = lru_cache(maxsize=1)(partial(_standing, messages, tracker))
        whole = Signs()
        for message in messages:
            signs = self._rules.find(message.get(DOC)).within(whole)
            whole = signs if message is messages[0] else whole
            standing = where() if signs.depend else "unknown"
            signs = signs.seen_by(standing)
            is_alarm = self._is_alarm(message, signs)
            message.set(SURE_SIGN, is_alarm and signs.exact)
            if is_alarm:
                _raise_alarm(message, signs.level(standing))
        return messages

    def _is_alarm(self, message: Message, signs: Signs) -> bool:
        probability = message.get(ALARM_PROBABILITY, 0.0)
        if signs.certain:
            return True
        if signs.sure:
            return bool(probability > self._config["backed_by_sure_sign"])
        if _only_names(message.get(DOC), signs):
            return False
        if signs.found and not (signs.asked and all(sign.after for sign in signs.found)):
            return bool(probability > self._config["backed_by_sign"])
        intent = message.get(INTENT)
        elsewhere = intent["confidence"] > PLAINLY and intent["name"] not in _OF_SYMPTOMS
        needed: float = self._config["beside_topic" if elsewhere or signs.asked or signs.mild else "alone"]
        return not signs.denied and probability > needed


def _standing(messages: Sequence[Message], tracker: DialogueStateTracker | None) -> Standing:
    known = tracker.current_slot_values().get(TREATMENT) if tracker else None
    metadata = messages[0].get("metadata") or {}
    zone, _ = zone_of(metadata.get("timezone"))
    now = arrival(metadata).astimezone(zone)
    return standing(messages[0].get(TEXT) or "", now, read_treatment(known, zone.key))


def _only_names(doc: Doc, signs: Signs) -> bool:
    """Return whether symptoms are only named ("pain? blood?") rather than reported ("its agony")."""
    longest = _longest_run(doc)
    tells = any(sign.after for sign in signs.found) and longest > 1 and "?" not in doc.text
    return longest < FEW and not tells


def _longest_run(doc: Doc) -> int:
    """Return the number of words in the longest run without punctuation."""
    runs = [list(tokens) for is_mark, tokens in groupby(doc, lambda token: token.is_punct) if not is_mark]
    return max((len(run) for run in runs), default=0)


def _raise_alarm(message: Message, level: str) -> None:
    ranking = [entry for entry in message.get(INTENT_RANKING_KEY) if entry["name"] != URGENT]
    intent = {"name": URGENT, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *ranking], add_to_output=True)
    # an answer about expected symptoms must not accompany an alarm
    others = [entity for entity in message.get(ENTITIES, []) if entity["entity"] != "symptom"]
    alarm = {"entity": "alarm", "value": level, "extractor": AlarmDetector.__name__}
    message.set(ENTITIES, [*others, alarm], add_to_output=True)
