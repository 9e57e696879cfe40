"""An encoder without a model: bags of the hashed words of a text and of their first letters (docs/new-encoder.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from spacy.tokens import Doc

from assistant.nlu.encoder import SentenceEncoder, Vectors

VERSION = "hashed-1"
_FILE = "hashed.json"


def write(folder: Path) -> None:
    """Write the width; an encoder with weights would write them."""
    (folder / _FILE).write_text(json.dumps({"width": 256}), encoding="utf-8")


def read(folder: Path) -> SentenceEncoder:
    """Read the encoder that `write` wrote."""
    return HashedEncoder(json.loads((folder / _FILE).read_text(encoding="utf-8"))["width"])


class HashedEncoder:
    """Maps texts to bags of hashed words."""

    def __init__(self, width: int) -> None:
        """`width` buckets."""
        self.width = width

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return embeddings of unit length, [len(texts), width]."""
        return self._rows(text.split() for text in texts)

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """Return the same: there are no further features."""
        return self.encode(texts)

    def encode_with_tokens(self, doc: Doc) -> tuple[Vectors, Vectors]:
        """Return the layers of a doc, [width], and a state of each token, [len(doc), width]."""
        return self.encode([doc.text])[0], self._rows([token.text] for token in doc)

    def _rows(self, texts: Iterable[Iterable[str]]) -> Vectors:
        return np.array([self._row(words) for words in texts], dtype=np.float32).reshape(-1, self.width)

    def _row(self, words: Iterable[str]) -> Vectors:
        row = np.zeros(self.width, dtype=np.float32)
        for word in words:
            for part in (word, word[:4]):
                row[crc32(part.encode()) % self.width] += 1
        return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9), dtype=np.float32)
