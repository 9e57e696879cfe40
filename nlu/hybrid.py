"""Three readings of a question in one: what it means, which words it uses, which known phrase it is nearest to.

The three err in different places, and their geometric mean is better than any of them
(benchmarks/results.md has the figures). Pure numpy and scikit-learn, no Rasa in here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

from nlu.calibration import fit_temperature, softmax

Floats = NDArray[np.floating[Any]]
Vectors = NDArray[np.float32]

MARGIN_SCALE = 0.15  # turns the SVM's margins into shares
COSINE_SCALE = 0.06  # turns cosines into shares
NEAREST = 3  # a topic is as near as its nearest phrase and its three nearest, half and half
FLOOR = 1e-5  # one reading alone can't rule a topic out
FOLDS = 4


@dataclass
class HybridModel:
    """A trained classifier of ``len(labels)`` intents."""

    labels: list[str]
    """Intents, sorted."""
    words: FeatureUnion
    by_words: LinearSVC
    by_meaning: LogisticRegression
    phrases: Vectors
    """Vectors of the training phrases, [phrases, 384], grouped by intent."""
    starts: list[int]
    """Where each intent's phrases start in ``phrases``."""
    temperature: float = field(default=1.0)

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Calibrated probabilities, [len(texts), len(labels)], rows adding up to one."""
        return softmax(self.scores(texts, vectors) / self.temperature)

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Floats:
        """Mean of the three readings' logarithms, [len(texts), len(labels)], before calibration."""
        readings = (
            softmax(self.by_words.decision_function(self.words.transform(texts)) / MARGIN_SCALE),
            np.asarray(self.by_meaning.predict_proba(vectors)),
            softmax(self._nearness(vectors) / COSINE_SCALE),
        )
        return np.asarray(sum(np.log(reading + FLOOR) for reading in readings) / len(readings))

    def nearest_cosine(self, vectors: Vectors) -> Floats:
        """Cosine of each vector with the nearest phrase of all, [len(vectors)]."""
        return np.asarray((vectors @ self.phrases.T).max(axis=1))

    def _nearness(self, vectors: Vectors) -> Floats:
        cosines = vectors @ self.phrases.T
        ends = [*self.starts[1:], cosines.shape[1]]
        return np.stack([_near(cosines[:, a:b]) for a, b in zip(self.starts, ends)], axis=1)


def _near(cosines: Floats) -> Floats:
    kept = min(NEAREST, cosines.shape[1])
    top = np.partition(cosines, -kept, axis=1)[:, -kept:]
    return np.asarray((top.max(axis=1) + top.mean(axis=1)) / 2)


def train_hybrid(texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> HybridModel:
    """Train on phrases and calibrate on predictions for phrases that were left out of training in turn."""
    text_array, label_array = np.array(texts, dtype=object), np.array(labels)
    scores: list[Floats] = []
    expected: list[NDArray[np.intp]] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for train, held_out in folds.split(text_array, label_array):
        part = _fit(list(text_array[train]), vectors[train], label_array[train])
        scores.append(part.scores(list(text_array[held_out]), vectors[held_out]))
        expected.append(np.searchsorted(part.labels, label_array[held_out]))
    model = _fit(list(text_array), vectors, label_array)
    model.temperature = fit_temperature(np.concatenate(scores), np.concatenate(expected))
    return model


def word_features() -> FeatureUnion:
    """Counts of words, pairs of words and parts of words, not yet fitted."""
    return FeatureUnion(
        [
            (
                "words",
                TfidfVectorizer(
                    ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"
                ),
            ),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)),
        ]
    )


def _fit(texts: Sequence[str], vectors: Vectors, labels: NDArray[Any]) -> HybridModel:
    words = word_features()
    sparse = words.fit_transform(texts)
    by_meaning = LogisticRegression(C=20, max_iter=300).fit(vectors, labels)
    order = np.argsort(labels, kind="stable")
    names, starts = np.unique(labels[order], return_index=True)
    return HybridModel(
        labels=[str(name) for name in names],
        words=words,
        by_words=LinearSVC(C=0.3, random_state=0).fit(sparse, labels),
        by_meaning=by_meaning,
        phrases=np.ascontiguousarray(vectors[order]),
        starts=[int(start) for start in starts],
    )
