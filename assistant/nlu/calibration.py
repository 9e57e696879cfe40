"""Confidence calibration: of the answers given at 0.8, eight in ten should be right.

Temperature scaling, after Guo et al., "On Calibration of Modern Neural Networks" (2017).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Floats = NDArray[np.floating[Any]]


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


def expected_calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the mean gap between confidence and accuracy, weighted by bin size.

    Args:
        confidence: [n].
        right: [n].
    """
    edges = np.clip((confidence * bins).astype(int), 0, bins - 1)
    gaps = [
        abs(confidence[edges == number].mean() - right[edges == number].mean()) * (edges == number).mean()
        for number in range(bins)
        if (edges == number).any()
    ]
    return float(sum(gaps))
