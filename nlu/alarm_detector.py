"""Rasa component: an alarm wins over every other reading of a message."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.alarms import URGENT, load_alarms
from nlu.alarm_rules import AlarmRules, Signs
from nlu.hybrid_intent_classifier import ALARM_PROBABILITY
from nlu.language import build_base
from nlu.language_analyser import DOC
from nlu.trained import Trained

SURE_SIGN = "sure_sign"
"""Key under which later components find whether the words alone tell an alarm."""
"""An intent of its own, so that no rule with a condition can stand before the alarm's."""
# "i have an open sore, may i come?" asks who should avoid it, and that answer says no; "my horse has a fever" is
# none of ours: there a sign is no alarm where the classifier hears none either
_ASKED_BEFORE_TREATMENT = frozenset({"who_should_avoid", "candidate_check", "device_hygiene", "out_of_scope"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AlarmDetector(Trained):
    """Turns a message with a sign of alarm into the intent ``urgent`` with the entity ``alarm``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data``: the folder that holds ``alarms.yml``; thresholds of the classifier's alarm probability.

        ``backed_by_sign``: enough where a sign that is not sure was found too. ``alone``: enough without any sign.
        ``unlikely``: below it, a question that is plainly about something else is left to its own topic.
        """
        return {"data": "data", "backed_by_sign": 0.06, "alone": 0.3, "unlikely": 0.05}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa take the signs anew when their file has changed."""
        return hashlib.sha256((Path(config.get("data", "data")) / "alarms.yml").read_bytes()).hexdigest()

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        # the rules are kept with the model, so that model and rules are always of the same state
        (folder / "alarms.yml").write_bytes((Path(self._config["data"]) / "alarms.yml").read_bytes())

    def _read(self, folder: Path) -> None:
        self._rules = AlarmRules(build_base(), load_alarms(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            signs = self._rules.find(message.get(DOC))
            message.set(SURE_SIGN, signs.sure)
            if self._is_alarm(message, signs):
                _raise_alarm(message, "emergency" if signs.emergency else "urgent")
        return messages

    def _is_alarm(self, message: Message, signs: Signs) -> bool:
        probability = message.get(ALARM_PROBABILITY, 0.0)
        intent = message.get(INTENT)
        elsewhere = intent["name"] in _ASKED_BEFORE_TREATMENT and intent["confidence"] > 0.5
        if signs.sure and not (elsewhere and probability < self._config["unlikely"]):
            return True
        if signs.found and probability > self._config["backed_by_sign"]:
            return True
        return not signs.denied and probability > self._config["alone"]


def _raise_alarm(message: Message, level: str) -> None:
    ranking = [entry for entry in message.get(INTENT_RANKING_KEY) if entry["name"] != URGENT]
    intent = {"name": URGENT, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *ranking], add_to_output=True)
    # what is expected after a treatment must not be said beside an alarm
    others = [entity for entity in message.get(ENTITIES, []) if entity["entity"] != "symptom"]
    alarm = {"entity": "alarm", "value": level, "extractor": AlarmDetector.__name__}
    message.set(ENTITIES, [*others, alarm], add_to_output=True)
