"""Rasa component: sentence embeddings from all-MiniLM-L6-v2."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.encoder import Encoder
from assistant.nlu.encoder_weights import WEIGHTS_SHA256, find_encoder_files
from assistant.nlu.text_analyzer import DOC, NORMALIZED_TEXT

SENTENCE_EMBEDDING = "sentence_vector"
"""Message key: sentence embedding, float32 [384]."""
TOKEN_EMBEDDINGS = "word_states"
"""Message key: encoder state of each token of the doc, float32 [tokens, 384]."""
ENCODER = "encoder"
"""Message key: the encoder, for texts that later components derive from the message."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(TrainableComponent):
    """Adds the sentence embedding to each message.

    It is not one of Rasa's ``Features``: those are made for token sequences, and only our classifier reads it.
    """

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return the hash of the encoder's weights."""
        return WEIGHTS_SHA256

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        # the export is only needed in training; the imports take 45 MB that a running assistant can do without
        from assistant.nlu.onnx_export import write_encoder_graph

        weights, tokenizer = find_encoder_files()
        write_encoder_graph(weights, folder / "encoder.onnx")
        shutil.copy(tokenizer, folder / "tokenizer.json")

    def _read(self, folder: Path) -> None:
        self._encoder = Encoder(folder / "encoder.onnx", folder / "tokenizer.json")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        vectors = self._encoder.encode([message.get(NORMALIZED_TEXT) for message in examples])
        for message, vector in zip(examples, vectors):
            message.set(SENTENCE_EMBEDDING, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            vector, states = self._encoder.encode_words(
                message.get(NORMALIZED_TEXT), token_spans(message.get(DOC))
            )
            message.set(SENTENCE_EMBEDDING, vector)
            message.set(TOKEN_EMBEDDINGS, states)
            message.set(ENCODER, self._encoder)
        return messages


def token_spans(doc: Doc) -> list[tuple[int, int]]:
    """Return the character offsets (start, end) of each token."""
    return [(token.idx, token.idx + len(token)) for token in doc]


@contextmanager
def temporary_encoder() -> Iterator[Encoder]:
    """Provide an encoder in training, for components that embed texts of their own before a model exists."""
    from assistant.nlu.onnx_export import write_encoder_graph

    weights, tokenizer = find_encoder_files()
    with tempfile.TemporaryDirectory() as folder:
        write_encoder_graph(weights, Path(folder) / "encoder.onnx")
        yield Encoder(Path(folder) / "encoder.onnx", tokenizer)
