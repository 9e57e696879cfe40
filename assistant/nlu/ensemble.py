"""Three readings of a question in one: what it means, which words it uses, which known phrase it is nearest to.

The three err in different places, and their geometric mean is better than any of them
(benchmarks/results.md has the figures). Pure numpy and scikit-learn, no Rasa in here."""

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

MARGIN_SCALE = 0.15  # turns the SVM's margins into shares
COSINE_SCALE = 0.06  # turns cosines into shares
NEARNESS_WIDTH = 128  # main directions of the phrases: a third of the time, the same topics
EPSILON = 1e-5  # one reading alone can't rule a topic out
FOLDS = 3
ALARM_C = 10.0
MAX_ITER = 80  # of the regression; more of them take long and understand no better


@dataclass(frozen=True)
class EmbeddingClassifier:
    """Logistic regression on sentence vectors."""

    weights: Vectors
    """[384, labels + 1], the last for the alarm"""
    intercept: Vectors

    def read(self, vectors: Vectors) -> tuple[Floats, Floats]:
        """Probabilities [len(vectors), labels], and log-odds of an alarm [len(vectors)]."""
        read = vectors @ self.weights + self.intercept
        return softmax(read[:, :-1]), read[:, -1]


@dataclass(frozen=True)
class NearestNeighbourClassifier:
    """Cosine with the nearest phrase of each label."""

    directions: Vectors
    """[384, NEARNESS_WIDTH]"""
    phrases: Vectors
    """The training phrases along these directions, of length one, grouped by label."""
    starts: NDArray[np.intp]
    """Where each label's phrases start."""

    def cosines(self, vectors: Vectors) -> Floats:
        """Cosines [len(vectors), labels]."""
        return np.asarray(
            np.maximum.reduceat(_turned(vectors, self.directions) @ self.phrases.T, self.starts, axis=1)
        )


@dataclass(frozen=True)
class EnsembleModel:
    """A trained classifier of ``len(labels)`` intents."""

    labels: list[str]
    """Intents, sorted."""
    by_words: TfidfClassifier
    by_meaning: EmbeddingClassifier
    by_nearest: NearestNeighbourClassifier
    temperature: float = 1.0

    def read(self, texts: Sequence[str], vectors: Vectors) -> tuple[Floats, Floats]:
        """Calibrated probabilities of the labels, [len(texts), len(labels)], and of an alarm, [len(texts)].

        The latter isn't calibrated: it is too high by as much as a missed alarm is worse than a false one.
        """
        scores, odds = self.scores(texts, vectors)
        return softmax(scores / self.temperature), expit(odds)

    def scores(self, texts: Sequence[str], vectors: Vectors) -> tuple[Floats, Floats]:
        """Mean of the three readings' logarithms before calibration, and of the two log-odds of an alarm."""
        margins, by_words = self.by_words.read(texts)
        shares, by_meaning = self.by_meaning.read(vectors)
        near = softmax(self.by_nearest.cosines(vectors) / COSINE_SCALE)
        readings = (softmax(margins / MARGIN_SCALE), shares, near)
        mean = sum(np.log(reading + EPSILON) for reading in readings) / len(readings)
        return np.asarray(mean), (by_words + by_meaning) / 2


def train_ensemble(
    texts: Sequence[str], vectors: Vectors, labels: Sequence[str], alarms: Sequence[bool]
) -> EnsembleModel:
    """Train on phrases and calibrate on predictions for phrases that were left out of training in turn.

    Topics are learned from phrases that are no alarms: an alarm has no topic, whatever question it stands in.
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


def read_hybrid(path: Path) -> EnsembleModel:
    """What ``write_hybrid`` wrote."""
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
    # an array of texts gives each the room of the longest
    return np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8)


def _from_bytes(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
