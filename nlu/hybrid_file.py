"""Keeps a trained classifier as plain arrays: read in a moment, and a model file can't run code of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.hybrid import HybridModel, MeaningReading, NearestReading
from nlu.word_reading import WordReading

Arrays = dict[str, NDArray[Any]]


def write_hybrid(model: HybridModel, path: Path) -> None:
    """Writes ``path``, an .npz file."""
    words = model.by_words
    arrays: Arrays = {
        "labels": _as_bytes(model.labels),
        "temperature": np.array(model.temperature),
        "terms": _as_bytes(words.terms),
        "weights": words.weights,
        "intercept": words.intercept,
        "meaning_weights": model.by_meaning.weights,
        "meaning_intercept": model.by_meaning.intercept,
        "directions": model.by_nearest.directions,
        "phrases": model.by_nearest.phrases,
        "starts": model.by_nearest.starts,
    }
    arrays |= {f"idf_{number}": idf for number, idf in enumerate(words.idf)}
    with path.open("wb") as file:
        np.savez(file, **arrays)


def read_hybrid(path: Path) -> HybridModel:
    """What ``write_hybrid`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        arrays: Arrays = dict(file)
    terms = tuple(_from_bytes(arrays["terms"]))
    return HybridModel(
        labels=_from_bytes(arrays["labels"]),
        by_words=WordReading(
            terms=terms,
            idf=tuple(arrays[f"idf_{number}"] for number in range(len(terms))),
            weights=arrays["weights"],
            intercept=arrays["intercept"],
        ),
        by_meaning=MeaningReading(arrays["meaning_weights"], arrays["meaning_intercept"]),
        by_nearest=NearestReading(arrays["directions"], arrays["phrases"], arrays["starts"]),
        temperature=float(arrays["temperature"]),
    )


def _as_bytes(texts: Any) -> NDArray[np.uint8]:
    # an array of texts gives each the room of the longest
    return np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8)


def _from_bytes(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
