"""Topic ensemble: logistic regression on embeddings, an SVM on tf-idf, and the nearest training phrase.

The three err on different questions, and their geometric mean is more accurate than any of them (figures in
benchmarks/results.md). Depends on numpy and scikit-learn only, not on Rasa.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.nlu.alarm_classifier import fit_alarm
from assistant.nlu.calibration import Floats, fit_temperature, softmax
from assistant.nlu.tfidf_classifier import TfidfClassifier, train_tfidf_classifier

Vectors = NDArray[np.float32]

MARGIN_SCALE = 0.15  # softmax temperature for the SVM's margins
COSINE_SCALE = 0.06  # softmax temperature for cosines
NEARNESS_WIDTH = 128  # principal directions of the phrases: a third of the time, the same topics
EPSILON = 1e-5  # keeps a single classifier from ruling a topic out
FOLDS = 3
ALARM_C = 10.0
MAX_ITER = 80  # of the regression; more iterations take long without a gain in accuracy


@dataclass(frozen=True)
class EmbeddingClassifier:
    """Logistic regression on sentence embeddings."""

    weights: Vectors
    """[384, labels + 1]; the last column is the alarm."""
    intercept: Vectors

    def read(self, vectors: Vectors) -> tuple[Floats, Floats]:
        """Return probabilities, [len(vectors), labels], and log-odds of an alarm, [len(vectors)]."""
        read = vectors @ self.weights + self.intercept
        return softmax(read[:, :-1]), read[:, -1]


@dataclass(frozen=True)
class NearestNeighbourClassifier:
    """Cosine similarity to the nearest training phrase of each label."""

    directions: Vectors
    """Principal directions, [384, NEARNESS_WIDTH]."""
    phrases: Vectors
    """Training phrases projected onto these directions, of unit length, grouped by label."""
    starts: NDArray[np.intp]
    """Index of each label's first phrase."""

    def cosines(self, vectors: Vectors) -> Floats:
        """Return cosines, [len(vectors), labels]."""
        return np.asarray(
            np.maximum.reduceat(_turned(vectors, self.directions) @ self.phrases.T, self.starts, axis=1)
        )


@dataclass(frozen=True)
class EnsembleModel:
    """A trained classifier of ``len(labels)`` intents and of alarms."""

    labels: list[str]
    """Intents, sorted."""
    by_words: TfidfClassifier
    by_meaning: EmbeddingClassifier
    by_nearest: NearestNeighbourClassifier
    temperature: float = 1.0

    def read(self, texts: Sequence[str], vectors: Vectors) -> tuple[Floats, Floats]:
        """Return calibrated label probabilities, [len(texts), len(labels)], and alarm probabilities, [len(texts)].

        The latter are uncalibrated: biased upwards by the class weight of alarms.
        """
        scores, odds = self.scores(texts, vectors)
        return softmax(scores / self.temperature), expit(odds)

    def scores(self, texts: Sequence[str], vectors: Vectors) -> tuple[Floats, Floats]:
        """Return the mean log-probability of the three classifiers, uncalibrated, and the mean log-odds of an alarm."""
        margins, by_words = self.by_words.read(texts)
        shares, by_meaning = self.by_meaning.read(vectors)
        near = softmax(self.by_nearest.cosines(vectors) / COSINE_SCALE)
        readings = (softmax(margins / MARGIN_SCALE), shares, near)
        mean = sum(np.log(reading + EPSILON) for reading in readings) / len(readings)
        return np.asarray(mean), (by_words + by_meaning) / 2


def train_ensemble(
    texts: Sequence[str], vectors: Vectors, labels: Sequence[str], alarms: Sequence[bool]
) -> EnsembleModel:
    """Train on phrases; calibrate on cross-validated predictions.

    Topics are learned from phrases without an alarm: an alarm has no topic, whatever question it appears in.
    """
    text_array, label_array, alarm_array = np.array(texts, dtype=object), np.array(labels), np.array(alarms)
    scores: list[Floats] = []
    expected: list[NDArray[np.intp]] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for train, held_out in folds.split(text_array, label_array):
        part = _fit(list(text_array[train]), vectors[train], label_array[train], alarm_array[train])
        asked = held_out[~alarm_array[held_out]]
        scores.append(part.scores(list(text_array[asked]), vectors[asked])[0])
        expected.append(np.searchsorted(part.labels, label_array[asked]))
    temperature = fit_temperature(np.concatenate(scores), np.concatenate(expected))
    return _fit(texts, vectors, label_array, alarm_array, temperature)


def _fit(
    texts: Sequence[str],
    vectors: Vectors,
    labels: NDArray[Any],
    alarms: NDArray[np.bool_],
    temperature: float = 1.0,
) -> EnsembleModel:
    return EnsembleModel(
        labels=[str(label) for label in np.unique(labels[~alarms])],
        by_words=train_tfidf_classifier(texts, labels, alarms),
        by_meaning=_fit_meaning(vectors, labels, alarms),
        by_nearest=_fit_nearest(vectors[~alarms], labels[~alarms]),
        temperature=temperature,
    )


def _fit_meaning(vectors: Vectors, labels: NDArray[Any], alarms: NDArray[np.bool_]) -> EmbeddingClassifier:
    classifier = LogisticRegression(C=10, max_iter=MAX_ITER, multi_class="multinomial")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        classifier.fit(vectors[~alarms], labels[~alarms])
    alarm = fit_alarm(vectors, alarms, C=ALARM_C)
    return EmbeddingClassifier(
        weights=np.ascontiguousarray(np.concatenate([classifier.coef_, alarm.coef_]).T, dtype=np.float32),
        intercept=np.concatenate([classifier.intercept_, alarm.intercept_]).astype(np.float32),
    )


def _fit_nearest(vectors: Vectors, labels: NDArray[Any]) -> NearestNeighbourClassifier:
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    _, _, rows = np.linalg.svd(vectors, full_matrices=False)
    directions = np.ascontiguousarray(rows[:NEARNESS_WIDTH].T, dtype=np.float32)
    return NearestNeighbourClassifier(directions, _turned(vectors[order], directions), starts)


def _turned(vectors: Vectors, directions: Vectors) -> Vectors:
    turned = vectors @ directions
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.ascontiguousarray(turned / np.maximum(lengths, 1e-9), dtype=np.float32)


Arrays = dict[str, NDArray[Any]]


def write_hybrid(model: EnsembleModel, path: Path) -> None:
    """Write the model to ``path``, an .npz file."""
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


def read_hybrid(path: Path) -> EnsembleModel:
    """Read the model that ``write_hybrid`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        arrays: Arrays = dict(file)
    terms = tuple(_from_bytes(arrays["terms"]))
    return EnsembleModel(
        labels=_from_bytes(arrays["labels"]),
        by_words=TfidfClassifier(
            terms=terms,
            idf=tuple(arrays[f"idf_{number}"] for number in range(len(terms))),
            weights=arrays["weights"],
            intercept=arrays["intercept"],
        ),
        by_meaning=EmbeddingClassifier(arrays["meaning_weights"], arrays["meaning_intercept"]),
        by_nearest=NearestNeighbourClassifier(arrays["directions"], arrays["phrases"], arrays["starts"]),
        temperature=float(arrays["temperature"]),
    )


def _as_bytes(texts: Any) -> NDArray[np.uint8]:
    # a numpy array of strings would pad each to the longest
    return np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8)


def _from_bytes(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
