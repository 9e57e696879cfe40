"""Sentence embeddings with all-MiniLM-L6-v2."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Encoding, Tokenizer

from assistant.nlu.encoder import Vectors
from assistant.nlu.encoder.weights import WEIGHTS_SHA256

WIDTH = 384
LAYERS_WIDTH = 4 * WIDTH
MANY = 100  # texts, from which on it is training, which may use every core
MAX_TOKENS = 128  # the model was trained with 256, but a message of 1,000 characters seldom exceeds 128

VERSION = WEIGHTS_SHA256


def write(folder: Path) -> None:
    """Write the encoder to a folder.

    Raises:
        EncoderWeightsError: the weights are missing or altered.
    """
    # the export is only needed in training; the imports take 45 MB that a running assistant can do without
    from assistant.nlu.encoder.onnx_export import write_encoder

    write_encoder(folder)


def read(folder: Path) -> Encoder:
    """Read the encoder from that folder."""
    return Encoder.read(folder)


class Encoder:
    """Maps sentences to unit vectors."""

    width = WIDTH

    @classmethod
    def read(cls, folder: Path) -> Encoder:
        """Read the encoder that ``onnx_export.write_encoder`` wrote to a folder."""
        return cls(folder / "encoder.onnx", folder / "tokenizer.json")

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

        Texts are encoded one by one. Quantization depends on all values of a batch: in a batch of three, the cosine to
        the vector of the text alone falls to 0.985, and the three take about as long as one after the other.
        """
        return self._encode(texts, "vector", WIDTH)

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """Return the embedding of each text followed by mean states of earlier layers, [len(texts), 1536].

        The embedding is what a text is about as a whole, the states are nearer to its words.
        """
        return self._encode(texts, "layers", LAYERS_WIDTH)

    def _encode(self, texts: Sequence[str], output: str, width: int) -> Vectors:
        def encoded(text: str) -> Vectors:
            return self._run(self._tokenizer.encode(text), output)[0]

        nothing = np.empty((0, width), dtype=np.float32)
        if len(texts) < MANY:
            return np.concatenate([nothing, *map(encoded, texts)])
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.concatenate([nothing, *pool.map(encoded, texts)])

    def encode_with_tokens(self, doc: Doc) -> tuple[Vectors, Vectors]:
        """Return the layers of a doc, [1536], and intermediate states of its tokens, [len(doc), 384].

        A token beyond ``MAX_TOKENS`` word pieces has a state of zeros.
        """
        encoded = self._tokenizer.encode(doc.text)
        layers, states = self._run(encoded, "layers", "states")
        offsets = np.array(encoded.offsets[1:-1]).reshape(-1, 2)  # without [CLS] and [SEP]
        begins = [token.idx for token in doc]
        ends = [token.idx + len(token) for token in doc]
        firsts = np.searchsorted(offsets[:, 1], begins, side="right")
        lasts = np.searchsorted(offsets[:, 0], ends, side="left")
        return layers[0], _means(states[0, 1:], firsts, lasts)

    def _run(self, encoded: Encoding, *outputs: str) -> list[Vectors]:
        ids = np.array([encoded.ids], dtype=np.int64)
        run: list[Vectors] = self._session.run(list(outputs), {"ids": ids})
        return run


def _means(rows: Vectors, firsts: NDArray[np.intp], lasts: NDArray[np.intp]) -> Vectors:
    """Return the mean of each slice of the rows, zeros for an empty one; each begins before the last row."""
    sums = np.add.reduceat(rows, np.stack([firsts, lasts], axis=1).ravel())[::2]
    counts = np.maximum(lasts - firsts, 0)[:, np.newaxis]
    return np.where(counts > 0, sums / np.maximum(counts, 1), 0).astype(np.float32)
