"""Networks with one hidden layer.

scikit-learn trains them. The mean of several with the same sizes is again a network with one hidden layer.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from assistant.nlu.classifiers.linear import Floats, Vectors

UNITS = 64
PENALTY = 1e-2
BATCH = 128  # examples
EPOCHS = 15
STEPS = 500  # at least, so that a few examples are learned as well


@dataclass(frozen=True)
class Network:
    """Weights and intercepts of a hidden layer of rectified linear units, and of the outputs."""

    hidden_weights: Vectors
    """[features, units]"""
    hidden_intercept: Vectors
    weights: Vectors
    """[units, outputs]"""
    intercept: Vectors
    """[outputs]"""

    def log_odds(self, vectors: Vectors) -> Floats:
        """Return the outputs for dense features, [n, outputs]."""
        hidden = np.maximum(vectors @ self.hidden_weights + self.hidden_intercept, 0)
        return np.asarray(hidden @ self.weights + self.intercept)


def train_network(
    vectors: Vectors, labels: NDArray[np.bool_], weights: Sequence[int], seeds: Sequence[int]
) -> Network:
    """Fit one network per seed, and return their mean.

    Args:
        vectors: [n, features].
        labels: for each output, whether the examples are positive, [n, outputs].
        weights: for each output, how often a positive example counts.
        seeds: of the initial weights and of the order of the examples.
    """
    scaler = StandardScaler().fit(vectors)
    rows = np.repeat(np.arange(len(vectors)), np.where(labels, weights, 1).max(axis=1))
    scaled = scaler.transform(vectors).astype(np.float32)[rows]
    return _mean([_fit(scaled, labels[rows], seed) for seed in seeds], scaler)


def _fit(vectors: Vectors, labels: NDArray[np.bool_], seed: int) -> Any:
    batch = min(BATCH, len(vectors))
    network = MLPClassifier(
        (UNITS,),
        alpha=PENALTY,
        batch_size=batch,
        max_iter=max(EPOCHS, STEPS * batch // len(vectors)),
        random_state=seed,
    )
    with warnings.catch_warnings():
        # the number of epochs is chosen by recall on held-out phrases, not by the loss on these
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(vectors, labels.astype(int))


def _mean(fitted: Sequence[Any], scaler: StandardScaler) -> Network:
    """Return the networks side by side, each with its share of the output, for features that are not scaled."""
    hidden = np.concatenate([each.coefs_[0] for each in fitted], axis=1) / scaler.scale_[:, np.newaxis]
    intercepts = np.concatenate([each.intercepts_[0] for each in fitted]) - scaler.mean_ @ hidden
    weights = np.concatenate([each.coefs_[1] for each in fitted]) / len(fitted)
    intercept = np.mean([each.intercepts_[1] for each in fitted], axis=0)
    return Network(*(np.asarray(part, dtype=np.float32) for part in (hidden, intercepts, weights, intercept)))
