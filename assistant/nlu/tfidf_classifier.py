"""Word-based classifier: tf-idf of words, word pairs and character n-grams, a linear SVM for the topic and a logistic
regression for alarms.

scikit-learn trains both. Prediction bypasses its input checks and sparse matrices, which cost ten times as much as the
sum itself for one short sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from assistant.nlu.alarm_classifier import fit_alarm
from assistant.nlu.calibration import Floats

# with a smaller value, recall on tests/alarms/tuned_on is lower at the same number of false positives
ALARM_C = 30.0

Analyser = Callable[[str], list[str]]


def vectorisers() -> tuple[TfidfVectorizer, ...]:
    """Return unfitted vectorizers for words and word pairs, and for character n-grams within words."""
    return (
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True),
    )


@dataclass(frozen=True)
class TfidfClassifier:
    """Linear scores of the labels and log-odds of an alarm, from the terms of a text."""

    terms: tuple[list[str], ...]
    """Terms of each vectorizer, in the order of their rows."""
    idf: tuple[NDArray[np.float32], ...]
    weights: NDArray[np.float32]
    """[terms of all vectorizers, labels + 1]; the last column is the alarm."""
    intercept: NDArray[np.float32]

    def __post_init__(self) -> None:
        """Build the indices used for prediction."""
        analysers = tuple(vectoriser.build_analyzer() for vectoriser in vectorisers())
        rows, first = [], 0
        for terms in self.terms:
            rows.append({term: row for row, term in enumerate(terms, start=first)})
            first += len(terms)
        object.__setattr__(self, "_analysers", analysers)
        object.__setattr__(self, "_rows", tuple(rows))
        object.__setattr__(self, "_idf", np.concatenate(self.idf))

    def read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the SVM's margins, [len(texts), labels], and the alarm's log-odds, [len(texts)]."""
        read = np.stack([self._read(text) for text in texts])
        return read[:, :-1], read[:, -1]

    def _read(self, text: str) -> Floats:
        total = self.intercept.copy()
        analysers: tuple[Analyser, ...] = self._analysers  # type: ignore[attr-defined]
        for analyse, known in zip(analysers, self._rows):  # type: ignore[attr-defined]
            counts = Counter(row for term in analyse(text) if (row := known.get(term)) is not None)
            if counts:
                rows = list(counts)
                shares = np.array([1 + log(count) for count in counts.values()], dtype=np.float32)
                shares *= self._idf[rows]  # type: ignore[attr-defined]
                total += (shares / np.linalg.norm(shares)) @ self.weights[rows]
        return total


def train_tfidf_classifier(
    texts: Sequence[str], labels: NDArray[np.str_], alarms: NDArray[np.bool_]
) -> TfidfClassifier:
    """Fit vectorizers, SVM and regression; labels are in sorted order, and alarms are excluded from them."""
    fitted = vectorisers()
    counts = hstack([vectoriser.fit_transform(texts) for vectoriser in fitted]).tocsr()
    topics = LinearSVC(C=0.3, random_state=0).fit(counts[~alarms], labels[~alarms])
    alarm = fit_alarm(counts, alarms, C=ALARM_C)
    return TfidfClassifier(
        terms=tuple(sorted(v.vocabulary_, key=v.vocabulary_.__getitem__) for v in fitted),
        idf=tuple(v.idf_.astype(np.float32) for v in fitted),
        weights=np.ascontiguousarray(np.concatenate([topics.coef_, alarm.coef_]).T, dtype=np.float32),
        intercept=np.concatenate([topics.intercept_, alarm.intercept_]).astype(np.float32),
    )
