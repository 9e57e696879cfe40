"""Turns sentences into vectors with all-MiniLM-L6-v2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

WIDTH = 384
MAX_TOKENS = 128  # of 256 that the model was trained with: a message of 1,000 characters seldom has more

Vectors = NDArray[np.float32]


class Encoder:
    """Sentences in, vectors of length one out."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        """Load the graph that ``write_encoder_graph`` wrote and the model's own tokenizer."""
        options = onnxruntime.SessionOptions()
        # one message is too short to gain from a second core, and the other core has another visitor
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts, [len(texts), 384], each of length one.

        One by one: what a number is rounded to depends on all numbers of a batch, and a phrase must have the same
        vector when the model is trained and when somebody types it. A batch would hardly be quicker.
        """
        vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
        for number, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
            (vectors[number : number + 1],) = self._session.run(
                ["vector"], {"ids": ids, "mask": np.ones_like(ids)}
            )
        return vectors
