"""Rasa component: sentence vectors from all-MiniLM-L6-v2."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoder import Encoder
from nlu.encoder_weights import WEIGHTS_SHA256, find_encoder_files
from nlu.language_analyser import CLEAN_TEXT

VECTOR = "sentence_vector"
"""Key under which later components find the vector of a message, float32 [384]."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Gives each message the vector of its sentence.

    Not one of Rasa's ``Features``: those are made for sequences of tokens, and the only reader is our classifier.
    """

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._encoder: Encoder | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The weights that the vectors come from."""
        return WEIGHTS_SHA256

    def train(self, training_data: TrainingData) -> Resource:
        # only training needs what writes graphs: 45 MB that a running assistant does without
        from nlu.encoder_graph import write_encoder_graph

        weights, tokenizer = find_encoder_files()
        with self._storage.write_to(self._resource) as folder:
            write_encoder_graph(weights, folder / "encoder.onnx")
            shutil.copy(tokenizer, folder / "tokenizer.json")
            self._load(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._load(folder)
        return component

    def _load(self, folder: Path) -> None:
        self._encoder = Encoder(folder / "encoder.onnx", folder / "tokenizer.json")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        if self._encoder is None:
            raise RuntimeError("SentenceEncoder is neither trained nor loaded.")
        vectors = self._encoder.encode([message.get(CLEAN_TEXT) for message in messages])
        for message, vector in zip(messages, vectors):
            message.set(VECTOR, vector)
        return messages
