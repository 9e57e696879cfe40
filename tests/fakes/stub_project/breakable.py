"""NLU component that fails or delays on demand of the message."""

from __future__ import annotations

import logging
import time
import warnings
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.core.protocol import INTERPRETATION, Interpretation


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class Breakable(GraphComponent):
    """Also quotes the message in a warning and in the log, as parts of Rasa do."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Breakable:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get("text") or ""
            logging.getLogger("rasa.quoting").error("I was told %s", text)
            warnings.warn(f"I was told {text}", stacklevel=2)
            if " & " in text:
                several = Interpretation(questions=tuple(map(_parse, text.split(" & "))))
                message.set(INTERPRETATION, several.as_dict(), add_to_output=True)
            if "slowly" in text:
                time.sleep(0.3)
            if "explode" in text:
                raise ValueError(f"can't read {text}")
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _parse(question: str) -> dict[str, Any]:
    """As Rasa's processor hands it over, read by its first word."""
    intents = {"does": "pain", "show": "options", "be": "silence", "let": "action_fails"}
    intent = {"name": intents[question.split(maxsplit=1)[0]], "confidence": 1.0}
    return {"text": question, "intent": intent, "entities": [], "intent_ranking": [intent]}
