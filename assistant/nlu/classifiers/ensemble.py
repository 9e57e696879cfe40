"""Topic ensemble: an SVM on tf-idf, the nearest training phrase, a network on the encoder's layers, and a regression.

They err on different questions, and their weighted geometric mean is more accurate than any of them (figures in
benchmarks/results.md). With many phrases a topic the SVM and the network are the best, with few the regression.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.nlu.classifiers.calibration import equal_weights, fit_weights, softmax
from assistant.nlu.classifiers.linear import Floats, LinearModel, Terms, Vectors, product
from assistant.nlu.classifiers.network import Network, Shape, train_network

MARGIN_SCALE = 0.2  # softmax temperature for the SVM's margins
COSINE_SCALE = 0.06  # softmax temperature for cosines
COMPONENTS = 128  # principal components of the phrases: a third of the time, the same topics
EPSILON = 1e-5  # keeps a single classifier from ruling a topic out
FOLDS = 3  # one part of the phrases in so many is held out for calibration
C_OF_TERMS = 1.0
SHAPE = Shape(units=128, penalty=0.1, epochs=8)
SEEDS = (0, 1)
C_OF_EMBEDDINGS = 10
MAX_ITER = 80  # of the regression; more take long without a gain in accuracy


@dataclass(frozen=True)
class NearestNeighbourClassifier:
    """Cosine similarity to the nearest training phrase of each label."""

    components: Vectors
    """Principal components, [width, COMPONENTS]."""
    phrases: Vectors
    """Training phrases projected onto them, of unit length, grouped by label."""
    starts: NDArray[np.intp]
    """Index of each label's first phrase."""

    def cosines(self, vectors: Vectors) -> Floats:
        """Return cosines, [len(vectors), labels]."""
        similar = product(_project(vectors, self.components), self.phrases.T)
        return np.asarray(np.maximum.reduceat(similar, self.starts, axis=1))


@dataclass(frozen=True)
class TopicEnsemble:
    """A trained classifier of ``len(labels)`` topics."""

    labels: list[str]
    """Sorted."""
    by_terms: LinearModel
    nearest: NearestNeighbourClassifier
    by_layers: Network
    by_embedding: LinearModel
    weights: Floats
    """Of the four, in this order."""

    @property
    def width(self) -> int:
        """Features of an embedding."""
        return len(self.by_embedding.weights)

    def probabilities(self, terms: Sequence[Terms], layers: Vectors) -> Floats:
        """Return calibrated probabilities, [len(terms), len(labels)]."""
        return softmax(np.tensordot(self.weights, self.distributions(terms, layers), 1))

    def distributions(self, terms: Sequence[Terms], layers: Vectors) -> Floats:
        """Return the log-probabilities of each classifier, uncalibrated, [4, len(terms), len(labels)]."""
        embeddings = layers[:, : self.width]
        scores = (
            self.by_terms.of_terms(terms) / MARGIN_SCALE,
            self.nearest.cosines(embeddings) / COSINE_SCALE,
            self.by_layers.scores(layers),
            self.by_embedding.of_vectors(embeddings),
        )
        return np.asarray(np.log(np.stack([softmax(each) for each in scores]) + EPSILON))

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> TopicEnsemble:
        """Return the ensemble whose fields were read from a file."""
        types = {
            "by_terms": LinearModel,
            "nearest": NearestNeighbourClassifier,
            "by_layers": Network,
            "by_embedding": LinearModel,
        }
        return cls(**{**fields, **{name: build(**fields[name]) for name, build in types.items()}})


def train_ensemble(
    counts: csr_matrix, terms: Sequence[Terms], layers: Vectors, labels: Sequence[str], width: int
) -> TopicEnsemble:
    """Train on phrases; calibrate on predictions for phrases that were held out.

    Args:
        counts: tf-idf, [n, terms].
        terms: the same, as prediction sees it.
        layers: of the encoder, the embedding first, [n, features].
        labels: [n].
        width: features of the embedding.

    Raises:
        ValueError: the phrases have fewer than two labels.
    """
    label_array = np.array(labels)
    if len(set(labels)) < 2:
        raise ValueError("training needs phrases of at least two intents")
    weights = _weights(counts, terms, layers, label_array, width)
    return replace(_fit(counts, layers, label_array, width), weights=weights)


def _weights(
    counts: csr_matrix, terms: Sequence[Terms], layers: Vectors, labels: NDArray[np.str_], width: int
) -> Floats:
    """Return the weights that fit one held-out part, or equal ones if no topic has enough phrases to hold some out."""
    held_out = _held_out(labels)
    if not held_out.any():
        return equal_weights(4)
    ensemble = _fit(counts[~held_out], layers[~held_out], labels[~held_out], width)
    found = ensemble.distributions([terms[n] for n in np.flatnonzero(held_out)], layers[held_out])
    return fit_weights(found, np.searchsorted(ensemble.labels, labels[held_out]))


def _held_out(labels: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Return a mask of every third phrase of each topic, in random order; [n]."""
    seen: Counter[str] = Counter()
    mask = np.zeros(len(labels), dtype=bool)
    for number in np.random.default_rng(0).permutation(len(labels)):
        seen[labels[number]] += 1
        mask[number] = seen[labels[number]] % FOLDS == 0
    return mask


def _fit(counts: csr_matrix, layers: Vectors, labels: NDArray[np.str_], width: int) -> TopicEnsemble:
    embeddings = layers[:, :width]
    return TopicEnsemble(
        labels=[str(label) for label in np.unique(labels)],
        by_terms=LinearModel.of(LinearSVC(C=C_OF_TERMS, random_state=0).fit(counts, labels)),
        nearest=_fit_nearest(embeddings, labels),
        by_layers=train_network(layers, labels, SHAPE, SEEDS),
        by_embedding=LinearModel.of(_fit_regression(embeddings, labels)),
        weights=equal_weights(4),
    )


def _fit_regression(embeddings: Vectors, labels: NDArray[np.str_]) -> Any:
    regression = LogisticRegression(C=C_OF_EMBEDDINGS, max_iter=MAX_ITER, multi_class="multinomial")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(embeddings, labels)


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
