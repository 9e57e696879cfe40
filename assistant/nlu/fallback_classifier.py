"""Rasa component: clarifies low-confidence messages instead of answering them."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.protocol import FALLBACK, FOLLOWS, OUT_OF_SCOPE
from assistant.nlu.component_base import StatelessComponent

# no training phrase resembles a bare yes or no, so that its topic is decided by noise
_REPLY_ALONE = re.compile(r"(?:no|nope|nah|yes|yeah|yep|maybe)\W*", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FallbackClassifier(StatelessComponent):
    """Replaces a low-confidence intent by ``nlu_fallback``; the ranking stays for the choices offered."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the minimum confidences.

        ``sure`` is needed to answer a topic, ``foreign`` to decline a message as out of scope, ``reply`` for any
        intent of a bare yes or no. Tuned on tests/nlu, not on the training phrases; benchmarks/results.md has the
        curve.
        """
        return {"sure": 0.4, "foreign": 0.5, "reply": 0.75}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            name, confidence = message.get(INTENT)["name"], message.get(INTENT)["confidence"]
            needed = self._config["foreign" if name == OUT_OF_SCOPE else "sure"]
            if not message.get(FOLLOWS) and _REPLY_ALONE.fullmatch((message.get(TEXT) or "").strip()):
                needed = self._config["reply"]
            if confidence < needed:
                fallback = {"name": FALLBACK, "confidence": confidence}
                message.set(INTENT, fallback, add_to_output=True)
                message.set(
                    INTENT_RANKING_KEY, [fallback, *message.get(INTENT_RANKING_KEY)], add_to_output=True
                )
        return messages
