"""Rasa component: classifies the intent of a message, with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from assistant.nlu.calibration import Floats
from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.encoder import Encoder
from assistant.nlu.ensemble import read_hybrid, train_ensemble, write_hybrid
from assistant.nlu.sentence_encoder import ENCODER, SENTENCE_EMBEDDING
from assistant.nlu.text_analyzer import NORMALIZED_TEXT

FILE = "hybrid.npz"
TOP_K = 10  # length of a message's intent ranking

ALARM_PROBABILITY = "alarm_probability"
"""Message key: probability that the message is an alarm."""


READER = "reader"
"""Message key: the ``Reader`` for messages that later components derive from this one."""

Reader = Callable[[Sequence[Message]], None]
"""Embeds and classifies messages that have a normalized text."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnsembleIntentClassifier(TrainableComponent, IntentClassifier):
    """Classifies with the topic ensemble (``assistant.nlu.ensemble``)."""

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        model = train_ensemble(
            [message.get(NORMALIZED_TEXT) for message in examples],
            np.stack([message.get(SENTENCE_EMBEDDING) for message in examples]),
            [str(message.get(INTENT)) for message in examples],
            [_is_alarm(message) for message in examples],
        )
        write_hybrid(model, folder / FILE)

    def _read(self, folder: Path) -> None:
        # one message is too small to parallelize: a second thread only waits, on a core that another request needs
        threadpool_limits(limits=1, user_api="blas")
        self._model = read_hybrid(folder / FILE)

    def process(self, messages: list[Message]) -> list[Message]:
        self._classify(messages)
        for message in messages:
            message.set(READER, partial(self._read_further, message.get(ENCODER)))
        return messages

    def _read_further(self, encoder: Encoder, messages: Sequence[Message]) -> None:
        vectors = encoder.encode([message.get(NORMALIZED_TEXT) for message in messages])
        for message, vector in zip(messages, vectors):
            message.set(SENTENCE_EMBEDDING, vector)
        self._classify(messages)

    def _classify(self, messages: Sequence[Message]) -> None:
        if not messages:
            return
        texts = [message.get(NORMALIZED_TEXT) for message in messages]
        vectors = np.stack([message.get(SENTENCE_EMBEDDING) for message in messages])
        for message, shares, alarm in zip(messages, *self._model.read(texts, vectors)):
            ranking = _ranked(self._model.labels, shares)
            message.set(ALARM_PROBABILITY, float(alarm), add_to_output=True)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _is_alarm(message: Message) -> bool:
    metadata = (message.get("metadata") or {}).get("intent") or {}
    return bool(metadata.get("urgent"))


def _ranked(labels: Sequence[str], shares: Floats) -> list[dict[str, Any]]:
    best = np.argsort(-shares)[:TOP_K]
    return [{"name": labels[number], "confidence": float(shares[number])} for number in best]
