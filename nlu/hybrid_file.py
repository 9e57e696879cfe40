"""Keeps a trained classifier as plain arrays: read in a moment, and a model file can't run code of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlu.hybrid import HybridModel, word_features

Arrays = dict[str, NDArray[Any]]


def write_hybrid(model: HybridModel, path: Path) -> None:
    """Writes ``path``, an .npz file."""
    arrays: Arrays = {
        "labels": _as_bytes(model.labels),
        "phrases": model.phrases,
        "starts": np.array(model.starts),
        "temperature": np.array(model.temperature),
    }
    for name, vectoriser in model.words.transformer_list:
        arrays[f"{name}.terms"] = _as_bytes(
            sorted(vectoriser.vocabulary_, key=vectoriser.vocabulary_.__getitem__)
        )
        arrays[f"{name}.idf"] = vectoriser.idf_
    for name in ("by_words", "by_meaning"):
        classifier = getattr(model, name)
        arrays |= {f"{name}.coef": classifier.coef_, f"{name}.intercept": classifier.intercept_}
    with path.open("wb") as file:
        np.savez(file, **arrays)


def read_hybrid(path: Path) -> HybridModel:
    """What ``write_hybrid`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        arrays: Arrays = dict(file)
    labels = _from_bytes(arrays["labels"])
    words = word_features()
    for name, vectoriser in words.transformer_list:
        _restore_terms(vectoriser, _from_bytes(arrays[f"{name}.terms"]), arrays[f"{name}.idf"])
    return HybridModel(
        labels=labels,
        words=words,
        by_words=_restored(LinearSVC(), "by_words", labels, arrays),
        by_meaning=_restored(LogisticRegression(), "by_meaning", labels, arrays),
        phrases=arrays["phrases"],
        starts=[int(start) for start in arrays["starts"]],
        temperature=float(arrays["temperature"]),
    )


def _restore_terms(vectoriser: TfidfVectorizer, terms: list[str], idf: NDArray[Any]) -> None:
    vectoriser.vocabulary_ = {term: column for column, term in enumerate(terms)}
    vectoriser.idf_ = idf


def _restored(classifier: Any, name: str, labels: list[str], arrays: Arrays) -> Any:
    classifier.classes_ = np.array(labels)
    classifier.coef_, classifier.intercept_ = arrays[f"{name}.coef"], arrays[f"{name}.intercept"]
    classifier.n_features_in_ = classifier.coef_.shape[1]
    return classifier


def _as_bytes(texts: list[str]) -> NDArray[np.uint8]:
    # an array of texts gives each the room of the longest
    return np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8)


def _from_bytes(array: NDArray[Any]) -> list[str]:
    texts: list[str] = json.loads(array.tobytes())
    return texts
