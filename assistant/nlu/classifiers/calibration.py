"""Confidence calibration: of the answers given at 0.8, eight in ten should be right.

Temperature scaling, after Guo et al., "On Calibration of Modern Neural Networks" (2017).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from assistant.nlu.classifiers.linear import Floats


def softmax(scores: Floats) -> Floats:
    """Return the softmax of each row, [n, classes]."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit_temperature(scores: Floats, expected: NDArray[np.intp]) -> float:
    """Return the temperature that minimizes the cross-entropy of held-out scores.

    Args:
        scores: [n, classes].
        expected: class indices, [n].
    """

    def loss(temperature: float) -> float:
        right = softmax(scores / temperature)[np.arange(len(expected)), expected]
        return float(-np.log(right + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x)
