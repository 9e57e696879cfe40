"""Confidence calibration: of the answers given at 0.8, eight in ten should be right.

Temperature scaling, after Guo et al., "On Calibration of Modern Neural Networks" (2017), with a temperature for each
classifier of an ensemble. The better one of them is on held-out examples, the more it counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.nlu.classifiers.linear import Floats


def softmax(scores: Floats) -> Floats:
    """Return the softmax of each row, [n, classes]."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit_weights(distributions: Floats, expected: NDArray[np.intp]) -> Floats:
    """Return the weight of each classifier that minimizes the cross-entropy of their sum on held-out examples.

    Args:
        distributions: log-probabilities of each classifier, [classifiers, n, classes].
        expected: class indices, [n].
    """
    start = np.log(equal_weights(len(distributions)))
    right = distributions[:, np.arange(len(expected)), expected]

    def loss(logarithms: Floats) -> tuple[float, Floats]:
        weights = np.exp(logarithms)
        probabilities = softmax(np.tensordot(weights, distributions, 1))
        excess = (probabilities * distributions).sum(axis=2) - right
        cross_entropy = -np.log(probabilities[np.arange(len(expected)), expected] + 1e-12).sum()
        distance = logarithms - start
        return float(cross_entropy + distance @ distance), weights * excess.sum(axis=1) + 2 * distance

    return np.asarray(np.exp(minimize(loss, start, jac=True, method="L-BFGS-B").x))


def equal_weights(classifiers: int) -> Floats:
    """Return the weights of a mean, from which few examples lead away little."""
    return np.full(classifiers, 1 / classifiers)
