"""Rasa component: answers when it is sure, asks back when it is between topics, declines what is not its subject."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.protocol import FALLBACK, FOLLOWS, OUT_OF_SCOPE
from assistant.nlu.component_base import StatelessComponent

# a reply to nothing: no phrase is like it, so that small chances decide what it is taken for
_REPLY_ALONE = re.compile(r"(?:no|nope|nah|yes|yeah|yep|maybe)\W*", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FallbackClassifier(StatelessComponent):
    """Replaces an intent that is not sure enough by ``nlu_fallback``; the ranking stays for the choices offered."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``sure``: confidence from which a topic is answered; ``foreign``: from which a message is declined.

        ``reply``: from which a yes or no alone is taken for anything at all.

        Tuned on tests/nlu, not on the training phrases; benchmarks/results.md has the curve.
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
