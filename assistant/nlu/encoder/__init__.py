"""Sentence encoders: the interface, and the lookup of the one that ``config.yml`` names."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Vectors = NDArray[np.float32]
MINILM: Final = "assistant.nlu.encoder.encoder"
"""Module of the default encoder."""


class SentenceEncoder(Protocol):
    """Interface of an encoder to the classifiers. How to add one: docs/new-encoder.md."""

    @property
    def width(self) -> int:
        """Features of an embedding."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return embeddings of unit length, [len(texts), width]."""

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """Return the embedding of each text, followed by any number of further features, [len(texts), features]."""

    def encode_with_tokens(self, doc: Doc) -> tuple[Vectors, Vectors]:
        """Return the layers of a doc, [features], and a state of each token, [len(doc), any number]."""


class EncoderModule(Protocol):
    """A module with an encoder."""

    VERSION: str
    """Changes whenever its vectors do: the assistant is trained anew."""

    def write(self, folder: Path) -> None:
        """Write what `read` needs to a folder of the model."""

    def read(self, folder: Path) -> SentenceEncoder:
        """Read the encoder from that folder."""


def encoder_module(name: str) -> EncoderModule:
    """Return the module of that name.

    Raises:
        ValueError: there is none, or it is no encoder.
    """
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        raise ValueError(_refusal(name, f"{error.name} can't be imported")) from None
    missing = [each for each in ("VERSION", "write", "read") if not hasattr(module, each)]
    if missing:
        raise ValueError(_refusal(name, f"the module has no {' and no '.join(missing)}"))
    return cast(EncoderModule, module)


def _refusal(name: str, why: str) -> str:
    return f"config.yml: not an encoder (got {name} / expected a module such as {MINILM}): {why}"
