"""Binary alarm classifier, independent of the topic and weighted towards recall.

As one of sixty topics, an alarm would compete with the question that it appears in
("can i shower, it has bled since ten").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from assistant.nlu.classifiers.linear import Floats, LinearModel, Terms, Vectors

ALARM_WEIGHT = 5.0
"""Cost of a false negative relative to a false positive."""
# with a smaller value, recall on tests/alarms/tuned_on is lower at the same number of false positives
C_OF_TERMS = 30.0
C_OF_EMBEDDINGS = 10.0
MAX_ITER = 300


@dataclass(frozen=True)
class AlarmClassifier:
    """Logistic regressions on the terms and on the embedding of a text."""

    by_terms: LinearModel
    by_embedding: LinearModel

    @classmethod
    def of(cls, **fields: Any) -> AlarmClassifier:
        """Return the classifier whose fields were read from a file."""
        return cls(*(LinearModel(**fields[name]) for name in ("by_terms", "by_embedding")))

    def probabilities(self, terms: Sequence[Terms], vectors: Vectors) -> Floats:
        """Return alarm probabilities, [len(terms)]; uncalibrated: biased upwards by the class weight."""
        log_odds = (self.by_terms.of_terms(terms) + self.by_embedding.of_vectors(vectors)) / 2
        return np.asarray(expit(log_odds[:, 0]))


def train_alarms(counts: csr_matrix, vectors: Vectors, alarms: NDArray[np.bool_]) -> AlarmClassifier | None:
    """Fit on phrases; ``None`` if they are all of one class.

    Args:
        counts: tf-idf, [n, terms].
        vectors: embeddings, [n, 384].
        alarms: [n].
    """
    if alarms.all() or not alarms.any():
        return None
    return AlarmClassifier(_fit(counts, alarms, C_OF_TERMS), _fit(vectors, alarms, C_OF_EMBEDDINGS))


def _fit(features: Any, alarms: NDArray[np.bool_], C: float) -> LinearModel:  # noqa: N803  scikit-learn's name
    weights = {False: 1.0, True: ALARM_WEIGHT}
    fitted = LogisticRegression(C=C, class_weight=weights, max_iter=MAX_ITER).fit(features, alarms)
    return LinearModel(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))
