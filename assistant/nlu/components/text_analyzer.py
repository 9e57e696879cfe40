"""Rasa component: normalizes a message, runs the spaCy pipeline and finds the entities of the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.components.base import TrainableComponent
from assistant.nlu.text.analysis import Analyzer
from assistant.nlu.training import analyzer_files, digest, train_analyzer

ANALYSIS = "analysis"
"""Message key: the ``Analysis``."""
NORMALIZED_TEXT = "normalized_text"
"""Message key, in training: the normalized text with corrected spelling."""


# registered as a tokenizer, because the next component is trained on its result for the phrases
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class TextAnalyzer(TrainableComponent):
    """Analyses messages for ``DialogueInterpreter``, and normalizes the phrases for ``UtteranceReader``."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the lexicon and the alarms, so that Rasa retrains the component when they change."""
        return digest(analyzer_files(Path(config.get("data", "data"))))

    def _train(self, training_data: TrainingData, folder: Path) -> None:
        phrases = [message.get(TEXT) for message in training_data.intent_examples if message.get(TEXT)]
        train_analyzer(self._data, phrases).write(folder)

    def _read(self, folder: Path) -> None:
        self._analyzer = Analyzer.read(folder)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            message.set(NORMALIZED_TEXT, self._analyzer.normalize(message.get(TEXT) or ""))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(ANALYSIS, self._analyzer.analyze(message.get(TEXT) or ""))
        return messages
