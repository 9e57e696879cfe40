"""Classifier of alarms and of unclear symptoms, independent of the topic and weighted towards recall.

As one of sixty topics, an alarm would compete with the question that it appears in
("can i shower, it has bled since ten"). An unclear symptom may be expected or an alarm ("my cheek is sore").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from assistant.nlu.classifiers.linear import Floats, LinearModel, Terms, Vectors
from assistant.nlu.classifiers.network import Network, Shape, train_network

ALARM_WEIGHT = 5.0
"""Cost of a false negative relative to a false positive, by the terms."""
COPIES = 3
"""The same by the layers: how often each alarm counts."""
UNCLEAR_COPIES = 8
"""The same of the unclear symptoms, of which there are fewer phrases."""
# with smaller values, recall on tests/alarms/tuned_on is lower at the same number of false positives
C_OF_TERMS = 30.0
MAX_ITER = 300
SHAPE = Shape(units=64, penalty=1e-2, epochs=15)
SEEDS = (0, 1)


@dataclass(frozen=True)
class AlarmClassifier:
    """Logistic regression on the terms of a text, and a network on the layers of its encoding."""

    by_terms: LinearModel
    by_layers: Network

    @classmethod
    def of(cls, by_terms: Mapping[str, Any], by_layers: Mapping[str, Any]) -> AlarmClassifier:
        """Return the classifier whose fields were read from a file."""
        return cls(LinearModel(**by_terms), Network(**by_layers))

    def probabilities(self, terms: Sequence[Terms], layers: Vectors) -> Floats:
        """Return the probabilities of an alarm and, by the layers alone, of an unclear symptom, [len(terms), 2].

        They are uncalibrated: biased upwards by the class weights.
        """
        log_odds = self.by_layers.scores(layers)
        log_odds[:, 0] = (self.by_terms.of_terms(terms)[:, 0] + log_odds[:, 0]) / 2
        return np.asarray(expit(log_odds))


def train_alarms(
    counts: csr_matrix, layers: Vectors, alarms: NDArray[np.bool_], unclear: NDArray[np.bool_]
) -> AlarmClassifier | None:
    """Fit on phrases; ``None`` if they are all alarms, or none of them.

    Args:
        counts: tf-idf, [n, terms].
        layers: of the encoder, [n, features].
        alarms: [n].
        unclear: [n].
    """
    if alarms.all() or not alarms.any():
        return None
    weights = {False: 1.0, True: ALARM_WEIGHT}
    fitted = LogisticRegression(C=C_OF_TERMS, class_weight=weights, max_iter=MAX_ITER).fit(counts, alarms)
    by_terms = LinearModel(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))
    labels = np.stack([alarms, unclear], axis=1)
    copies = np.where(labels, (COPIES, UNCLEAR_COPIES), 1).max(axis=1)
    return AlarmClassifier(by_terms, train_network(layers, labels, SHAPE, SEEDS, copies))
