"""Linear models, and the tf-idf terms that some of them weigh.

scikit-learn trains them. Prediction bypasses its input checks and sparse matrices, which cost ten times as much as the
sum itself for one short sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.floating[Any]]
Vectors = NDArray[np.float32]
Terms = tuple[NDArray[np.intp], Vectors]
"""Indices of the terms of a text, and their tf-idf."""

REMEMBERED = 8192  # words
MANY = 1000  # texts; among fewer, a term that occurs once counts as well
FEW = 8  # rows


def _vectorizers(texts: int) -> tuple[TfidfVectorizer, ...]:
    """Return unfitted vectorizers for words and word pairs, and for character n-grams within words."""
    words, letters = (2, 3) if texts >= MANY else (1, 1)
    return (
        TfidfVectorizer(ngram_range=(1, 2), min_df=words, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=letters, sublinear_tf=True),
    )


@dataclass(frozen=True)
class TermIndex:
    """The terms of each vectorizer, in the order of their indices, with their inverse document frequency."""

    words: list[str]
    letters: list[str]
    idf: Vectors

    def __post_init__(self) -> None:
        """Build the functions that find the indices of terms; a word's letters are remembered."""
        words, letters = (vectorizer.build_analyzer() for vectorizer in _vectorizers(MANY))
        of_words = _lookup(words, self.words, 0)
        of_letters = lru_cache(REMEMBERED)(_lookup(letters, self.letters, len(self.words)))
        object.__setattr__(self, "_find", (of_words, of_letters))

    def terms(self, text: str) -> Terms:
        """Return the terms of a text; those of each vectorizer have unit length."""
        indices: list[int] = []
        values: list[Vectors] = [np.empty(0, dtype=np.float32)]
        of_words, of_letters = self._find  # type: ignore[attr-defined]
        letters = chain.from_iterable(map(of_letters, text.split()))
        for found in (of_words(text), letters):
            counts = Counter(found)
            if counts:
                indices += counts
                shares = np.array([1 + log(count) for count in counts.values()], dtype=np.float32)
                shares *= self.idf[list(counts)]
                values.append(shares / np.linalg.norm(shares))
        return np.array(indices, dtype=np.intp), np.concatenate(values)


def _lookup(
    analyze: Callable[[str], list[str]], terms: Sequence[str], start: int
) -> Callable[[str], list[int]]:
    """Return a function from a text to the indices, from ``start``, of its known terms."""
    table = dict(zip(terms, range(start, start + len(terms))))
    return lambda text: [index for term in analyze(text) if (index := table.get(term)) is not None]


def product(vectors: Vectors, matrix: Vectors) -> Vectors:
    """Return ``vectors @ matrix``, row by row for a few rows.

    For more than one row, BLAS first copies the matrix into blocks. That takes eight times as long as one row.
    """
    if not 1 < len(vectors) < FEW:
        return vectors @ matrix
    return np.stack([row @ matrix for row in vectors])


def index_terms(texts: Sequence[str]) -> tuple[TermIndex, csr_matrix]:
    """Return the index of the texts' terms, and the tf-idf of each text, [len(texts), terms]."""
    vectorizers = _vectorizers(len(texts))
    matrix = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers]).tocsr()
    words, letters = (sorted(v.vocabulary_, key=v.vocabulary_.__getitem__) for v in vectorizers)
    idf = np.concatenate([vectorizer.idf_ for vectorizer in vectorizers]).astype(np.float32)
    return TermIndex(words, letters, idf), matrix


@dataclass(frozen=True)
class LinearModel:
    """Weights, [features, outputs], and intercepts, [outputs]."""

    weights: Vectors
    intercept: Vectors

    @classmethod
    def of(cls, fitted: Any) -> LinearModel:
        """Return the weights of a fitted scikit-learn classifier; a binary one gets an output for each class."""
        weights, intercept = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:
            weights, intercept = np.concatenate([-weights, weights]), np.concatenate([-intercept, intercept])
        return cls(np.ascontiguousarray(weights.T, dtype=np.float32), intercept.astype(np.float32))

    def of_vectors(self, vectors: Vectors) -> Floats:
        """Return the outputs for dense features, [n, outputs]."""
        return np.asarray(product(vectors, self.weights) + self.intercept)

    def of_terms(self, texts: Sequence[Terms]) -> Floats:
        """Return the outputs for the terms of texts, [len(texts), outputs]."""
        return np.stack([values @ self.weights[indices] + self.intercept for indices, values in texts])
