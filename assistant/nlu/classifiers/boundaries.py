"""Boundary classifier: a logistic regression that predicts which words of a message begin a new segment.

Features are the surrounding words and the encoder's token states. Words suffice for "and how", "also" and "?", but do
not reveal that "gym" begins a question in "is make up ok and the gym", or that "swelling" does not in "is redness and
swelling normal". Intermediate encoder states do; the last layers encode mostly the meaning of the whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import StandardScaler

from assistant.nlu.classifiers.linear import Floats, Vectors
from assistant.nlu.en.speech_acts import CONJUNCTIONS, SpeechActs, Words

NEAR = 8  # words within which a question must be recognizable
AROUND = 3  # words of context on each side
FAR = 6  # words; greater distances to the start or end of the message make no difference
MIN_EXAMPLES = 2  # of a feature
C = 0.3
WEIGHT_OF_STATES = 0.1  # relative to the word features, of which far fewer are active
MAX_ITER = 150
TOLERANCE = 1e-4  # of the gradient
_OUTSIDE = "<>"
_MARKS = frozenset(".?!,;")
_SENTENCE_TYPES = ("asks True", "asks False", "asks later", "tells", "bare", "marks")
"""Beginnings of the features of ``_sentence_features``."""


@dataclass(frozen=True)
class Example:
    """A message with labelled segment boundaries."""

    words: Words
    states: Vectors
    """Encoder states, [len(words), 384]."""
    begins: frozenset[int]
    """Indices of the words that begin a further segment."""


@dataclass(frozen=True)
class BoundaryClassifier:
    """A trained boundary regression."""

    features: list[str]
    weights_of_features: Vectors
    """[len(features)]"""
    weights_of_states: Vectors
    """[384, 5], columns in the order of ``_surroundings``."""
    intercept: float

    def __post_init__(self) -> None:
        """Build the lookup table used for prediction, and the most that sentence types can add."""
        weights = dict(zip(self.features, map(float, self.weights_of_features)))
        object.__setattr__(self, "_weights", weights)
        kinds = ([weights[name] for name in weights if name.startswith(kind)] for kind in _SENTENCE_TYPES)
        object.__setattr__(self, "_most", sum(max([0.0, *kind]) for kind in kinds))

    def log_odds(self, words: Words, states: Vectors, least: float = -inf) -> Vectors:
        """Return the log-odds of a boundary before each word but the first, [len(words) - 1].

        Those below ``least`` are not exact: sentence types, which take most of the time, are not looked at there.
        """
        said = [token.lower_ for token in words]
        by_words = [self._sum(_lexical_features(said, at)) for at in range(1, len(said))]
        by_states = sum(
            around @ column for around, column in zip(_surroundings(states), self.weights_of_states.T)
        )
        odds: Floats = np.array(by_words) + by_states + self.intercept
        likely = np.flatnonzero(odds + self._most > least)  # type: ignore[attr-defined]
        if len(likely):
            acts = SpeechActs(words)
            odds[likely] += [self._sum(_sentence_features(acts, said, at)) for at in (likely + 1).tolist()]
        return np.asarray(odds, dtype=np.float32)

    def _sum(self, features: Iterator[str]) -> float:
        weights: dict[str, float] = self._weights  # type: ignore[attr-defined]
        return sum(weights.get(each, 0.0) for each in features)


def train_boundaries(examples: Sequence[Example]) -> BoundaryClassifier | None:
    """Fit the regression; ``None`` without any example that has a boundary.

    Examples of a single word are skipped, because they have no candidate boundary.
    """
    examples = [example for example in examples if len(example.words) > 1]
    begins = np.array([at in each.begins for each in examples for at in range(1, len(each.words))])
    if not begins.any():
        return None
    counting = CountVectorizer(analyzer=list, binary=True, min_df=MIN_EXAMPLES, dtype=np.float32)
    counts = counting.fit_transform(
        [list(features) for each in examples for features in _features(each.words)]
    )
    scaler = StandardScaler(with_mean=False)
    states = scaler.fit_transform(
        np.concatenate([np.concatenate(_surroundings(each.states), axis=1) for each in examples])
    )
    weights = _fit(counts, states * WEIGHT_OF_STATES, begins)
    of_words, of_states = np.split(weights[:-1], [counts.shape[1]])
    of_states *= WEIGHT_OF_STATES / scaler.scale_
    return BoundaryClassifier(
        features=list(counting.get_feature_names_out()),
        weights_of_features=of_words,
        weights_of_states=np.ascontiguousarray(of_states.reshape(5, -1).T),
        intercept=float(weights[-1]),
    )


def _fit(counts: csr_matrix, states: Vectors, begins: NDArray[np.bool_]) -> Vectors:
    """Return the weights of a logistic regression on sparse and dense features, and last its intercept.

    scikit-learn, which takes either kind, would have to make the dense ones sparse, at four times the time.
    """
    signs, columns, number = np.where(begins, 1, -1).astype(np.float32), counts.T.tocsr(), counts.shape[1]

    def loss(given: Floats) -> tuple[float, Floats]:
        weights = given.astype(np.float32)  # a copy of the states in float64 would take most of the time
        margins = signs * (counts @ weights[:number] + states @ weights[number:-1] + weights[-1])
        pull = -signs * expit(-margins)
        gradient = np.concatenate([columns @ pull, pull @ states, pull.sum(keepdims=True)]).astype(np.float64)
        gradient[:-1] += given[:-1] / C
        penalty = float(given[:-1] @ given[:-1]) / (2 * C)
        return float(np.logaddexp(0, -margins, dtype=np.float64).sum()) + penalty, gradient

    options = {"maxiter": MAX_ITER, "gtol": TOLERANCE}
    initial = np.zeros(number + states.shape[1] + 1)
    found = minimize(loss, initial, jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, dtype=np.float32)


def _features(words: Words) -> Iterator[Iterator[str]]:
    """Yield the word features of each candidate boundary, that is before each word but the first."""
    said, acts = [token.lower_ for token in words], SpeechActs(words)
    for at in range(1, len(words)):
        yield chain(_lexical_features(said, at), _sentence_features(acts, said, at))


def _lexical_features(said: Sequence[str], at: int) -> Iterator[str]:
    """Yield the words around the boundary before ``said[at]``."""

    def word(place: int) -> str:
        return said[place] if 0 <= place < len(said) else _OUTSIDE

    for away in range(-AROUND, AROUND + 1):
        yield f"{away} {word(at + away)}"
    yield f"across {word(at - 1)} {word(at)}"
    yield f"two {word(at)} {word(at + 1)}"
    yield f"three {word(at)} {word(at + 1)} {word(at + 2)}"
    yield f"before {min(at, FAR)}"
    yield f"behind {min(len(said) - at, FAR)}"
    if said[at - 1] in _MARKS:
        yield "mark"


def _sentence_features(acts: SpeechActs, said: Sequence[str], at: int) -> Iterator[str]:
    """Yield the sentence types (question, statement, bare fragment) on either side of the boundary."""
    before, after = (0, at), (at, len(said))
    asked = acts.is_question(*before) or acts.contains_question(*before)
    yield f"asks {acts.is_question(at, _until_conjunction(said, at))} {asked}"
    yield f"asks later {acts.contains_question(*after)} {asked}"
    yield f"tells {acts.is_statement(*after)} {asked}"
    yield f"bare {acts.has_no_content_word(*before)} {acts.has_no_content_word(*after)}"
    yield f"marks {acts.is_marked(*before)} {acts.is_marked(*after)}"


def _until_conjunction(said: Sequence[str], at: int) -> int:
    """Return the index of the next conjunction, at most ``NEAR`` words on."""
    end = min(at + NEAR, len(said))
    return next((place for place in range(at + 2, end) if said[place] in CONJUNCTIONS), end)


def _surroundings(states: Vectors) -> list[Vectors]:
    """Return state features for each word but the first; five arrays of [len(states) - 1, 384].

    They are the states of the previous, current and next word, and the means before and from the current word on.
    """
    following = np.concatenate([states[2:], np.zeros_like(states[:1])])
    sums, counts = np.cumsum(states, axis=0), np.arange(1, len(states))[:, None]
    before = sums[:-1] / counts
    after = (sums[-1] - sums[:-1]) / (len(states) - counts)
    return [states[:-1], states[1:], following, before, after]
