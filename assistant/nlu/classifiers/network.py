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

from assistant.nlu.classifiers.linear import Floats, Vectors, product

BATCH = 128  # examples
STEPS = 500  # at least, so that a few examples are learned as well


@dataclass(frozen=True)
class Shape:
    """Size and training of a network."""

    units: int
    penalty: float
    """Of the squared weights."""
    epochs: int


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

    def scores(self, vectors: Vectors) -> Floats:
        """Return the outputs for dense features, [n, outputs].

        They are unnormalized log-probabilities of classes, sorted, or the log-odds of labels.
        """
        hidden = np.maximum(product(vectors, self.hidden_weights) + self.hidden_intercept, 0)
        return np.asarray(hidden @ self.weights + self.intercept)


def train_network(
    vectors: Vectors,
    labels: NDArray[Any],
    shape: Shape,
    seeds: Sequence[int],
    copies: NDArray[np.intp] | None = None,
) -> Network:
    """Fit one network per seed, and return their mean.

    Args:
        vectors: [n, features].
        labels: one of at least two classes, [n], or two and more labels that are independent, [n, labels].
        shape: of each network.
        seeds: of the initial weights and of the order of the examples.
        copies: how often each example counts, [n]; by default once.
    """
    scaler = StandardScaler().fit(vectors)
    rows = np.repeat(np.arange(len(vectors)), 1 if copies is None else copies)
    scaled = scaler.transform(vectors).astype(np.float32)[rows]
    return _mean([_fit(scaled, labels[rows], shape, seed) for seed in seeds], scaler)


def _fit(vectors: Vectors, labels: NDArray[Any], shape: Shape, seed: int) -> Any:
    batch = min(BATCH, len(vectors))
    network = MLPClassifier(
        (shape.units,),
        alpha=shape.penalty,
        batch_size=batch,
        max_iter=max(shape.epochs, STEPS * batch // len(vectors)),
        random_state=seed,
    )
    with warnings.catch_warnings():
        # the number of epochs is chosen by figures on held-out phrases, not by the loss on these
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(vectors, labels)


def _mean(fitted: Sequence[Any], scaler: StandardScaler) -> Network:
    """Return the networks side by side, each with its share of the output, for features that are not scaled."""
    hidden = np.concatenate([each.coefs_[0] for each in fitted], axis=1) / scaler.scale_[:, np.newaxis]
    intercepts = np.concatenate([each.intercepts_[0] for each in fitted]) - scaler.mean_ @ hidden
    outputs = [_with_output_per_class(*each.coefs_[1:], *each.intercepts_[1:]) for each in fitted]
    weights = np.concatenate([weights for weights, _ in outputs]) / len(fitted)
    intercept = np.mean([intercept for _, intercept in outputs], axis=0)
    return Network(*(np.asarray(part, dtype=np.float32) for part in (hidden, intercepts, weights, intercept)))


def _with_output_per_class(weights: Vectors, intercept: Vectors) -> tuple[Vectors, Vectors]:
    """Return the weights and intercepts of the output layer; scikit-learn has one output for two classes."""
    if len(intercept) > 1:
        return weights, intercept
    return np.concatenate([-weights, weights], axis=1) / 2, np.concatenate([-intercept, intercept]) / 2
