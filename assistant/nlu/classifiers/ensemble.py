"""Topic ensemble: a network on the encoder's layers, an SVM on tf-idf, and the nearest training phrase.

The three err on different questions, and their geometric mean is more accurate than any of them (figures in
benchmarks/results.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from assistant.nlu.classifiers.calibration import fit_temperature, softmax
from assistant.nlu.classifiers.linear import Floats, LinearModel, Terms, Vectors
from assistant.nlu.classifiers.network import Network, Shape, train_network
from assistant.nlu.encoder.encoder import WIDTH

MARGIN_SCALE = 0.2  # softmax temperature for the SVM's margins
COSINE_SCALE = 0.06  # softmax temperature for cosines
COMPONENTS = 128  # principal components of the phrases: a third of the time, the same topics
EPSILON = 1e-5  # keeps a single classifier from ruling a topic out
FOLDS = 3  # one part of the phrases in so many is held out for calibration
C_OF_TERMS = 1.0
SHAPE = Shape(units=128, penalty=0.1, epochs=8)
SEEDS = (0, 1)


@dataclass(frozen=True)
class NearestNeighbourClassifier:
    """Cosine similarity to the nearest training phrase of each label."""

    components: Vectors
    """Principal components, [384, COMPONENTS]."""
    phrases: Vectors
    """Training phrases projected onto them, of unit length, grouped by label."""
    starts: NDArray[np.intp]
    """Index of each label's first phrase."""

    def cosines(self, vectors: Vectors) -> Floats:
        """Return cosines, [len(vectors), labels]."""
        similar = _project(vectors, self.components) @ self.phrases.T
        return np.asarray(np.maximum.reduceat(similar, self.starts, axis=1))


@dataclass(frozen=True)
class TopicEnsemble:
    """A trained classifier of ``len(labels)`` topics."""

    labels: list[str]
    """Sorted."""
    by_terms: LinearModel
    by_layers: Network
    nearest: NearestNeighbourClassifier
    temperature: float = 1.0

    def probabilities(self, terms: Sequence[Terms], layers: Vectors) -> Floats:
        """Return calibrated probabilities, [len(terms), len(labels)]."""
        return softmax(self.scores(terms, layers) / self.temperature)

    def scores(self, terms: Sequence[Terms], layers: Vectors) -> Floats:
        """Return the mean log-probability of the three classifiers, uncalibrated."""
        distributions = (
            softmax(self.by_terms.of_terms(terms) / MARGIN_SCALE),
            softmax(self.by_layers.scores(layers)),
            softmax(self.nearest.cosines(layers[:, :WIDTH]) / COSINE_SCALE),
        )
        return np.asarray(sum(np.log(each + EPSILON) for each in distributions) / len(distributions))

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> TopicEnsemble:
        """Return the ensemble whose fields were read from a file."""
        types = {"by_terms": LinearModel, "by_layers": Network, "nearest": NearestNeighbourClassifier}
        return cls(**{**fields, **{name: build(**fields[name]) for name, build in types.items()}})


def train_ensemble(
    counts: csr_matrix, terms: Sequence[Terms], layers: Vectors, labels: Sequence[str]
) -> TopicEnsemble:
    """Train on phrases; calibrate on predictions for phrases that were held out.

    Args:
        counts: tf-idf, [n, terms].
        terms: the same, as prediction sees it.
        layers: of the encoder, the embedding first, [n, features].
        labels: [n].

    Raises:
        ValueError: the phrases have fewer than two labels.
    """
    label_array = np.array(labels)
    if len(set(labels)) < 2:
        raise ValueError("training needs phrases of at least two intents")
    return _fit(counts, layers, label_array, _temperature(counts, terms, layers, label_array))


def _temperature(
    counts: csr_matrix, terms: Sequence[Terms], layers: Vectors, labels: NDArray[np.str_]
) -> float:
    """Return the temperature of one held-out part; 1 if no topic has enough phrases to hold some out."""
    held_out = _held_out(labels)
    if not held_out.any():
        return 1.0
    ensemble = _fit(counts[~held_out], layers[~held_out], labels[~held_out])
    scores = ensemble.scores([terms[n] for n in np.flatnonzero(held_out)], layers[held_out])
    return fit_temperature(scores, np.searchsorted(ensemble.labels, labels[held_out]))


def _held_out(labels: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Return a mask of every third phrase of each topic, in random order; [n]."""
    seen: Counter[str] = Counter()
    mask = np.zeros(len(labels), dtype=bool)
    for number in np.random.default_rng(0).permutation(len(labels)):
        seen[labels[number]] += 1
        mask[number] = seen[labels[number]] % FOLDS == 0
    return mask


def _fit(
    counts: csr_matrix, layers: Vectors, labels: NDArray[np.str_], temperature: float = 1.0
) -> TopicEnsemble:
    return TopicEnsemble(
        labels=[str(label) for label in np.unique(labels)],
        by_terms=LinearModel.of(LinearSVC(C=C_OF_TERMS, random_state=0).fit(counts, labels)),
        by_layers=train_network(layers, labels, SHAPE, SEEDS),
        nearest=_fit_nearest(layers[:, :WIDTH], labels),
        temperature=temperature,
    )


def _fit_nearest(vectors: Vectors, labels: NDArray[np.str_]) -> NearestNeighbourClassifier:
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    _, _, rows = np.linalg.svd(vectors, full_matrices=False)
    components = np.ascontiguousarray(rows[:COMPONENTS].T, dtype=np.float32)
    return NearestNeighbourClassifier(components, _project(vectors[order], components), starts)


def _project(vectors: Vectors, components: Vectors) -> Vectors:
    projected = vectors @ components
    lengths = np.linalg.norm(projected, axis=1, keepdims=True)
    return np.ascontiguousarray(projected / np.maximum(lengths, 1e-9), dtype=np.float32)
