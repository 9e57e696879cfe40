"""Sentence embeddings with all-MiniLM-L6-v2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

WIDTH = 384
MAX_TOKENS = 128  # the model was trained with 256, but a message of 1,000 characters seldom exceeds 128

Vectors = NDArray[np.float32]


class Encoder:
    """Maps sentences to unit vectors."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        """Load the graph that ``write_encoder_graph`` wrote and the model's own tokenizer."""
        options = onnxruntime.SessionOptions()
        # one message is too short to gain from a second core, which is better left to another request
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of the texts, [len(texts), 384].

        Texts are encoded one by one: quantization depends on all values of a batch, and a phrase must get the same
        vector in training and in use. A batch would hardly be faster.
        """
        vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
        for number, text in enumerate(texts):
            (vectors[number : number + 1],) = self._run(self._tokenizer.encode(text), "vector")
        return vectors

    def encode_words(self, text: str, places: Sequence[tuple[int, int]]) -> tuple[Vectors, Vectors]:
        """Return the embedding of a text, [384], and intermediate states of its words, [len(places), 384].

        Args:
            places: character offsets (start, end) of the words. A word beyond ``MAX_TOKENS`` has a state of zeros.
        """
        encoded = self._tokenizer.encode(text)
        vector, states = self._run(encoded, "vector", "states")
        of_words = np.zeros((len(places), WIDTH), dtype=np.float32)
        for number, (start, end) in enumerate(places):
            tokens = [n for n, (first, last) in enumerate(encoded.offsets) if first < end and start < last]
            if tokens:
                of_words[number] = states[0, tokens].mean(axis=0)
        return vector[0], of_words

    def _run(self, encoded: Encoding, *outputs: str) -> list[Vectors]:
        ids = np.array([encoded.ids], dtype=np.int64)
        run: list[Vectors] = self._session.run(list(outputs), {"ids": ids, "mask": np.ones_like(ids)})
        return run
