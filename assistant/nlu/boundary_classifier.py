"""Boundary classifier: a logistic regression that predicts which words of a message begin a new segment.

Features are the surrounding words and the encoder's token states. Words suffice for "and how", "also" and "?", but do
not reveal that "gym" begins a question in "is make up ok and the gym", or that "swelling" does not in "is redness and
swelling normal". Intermediate encoder states do; the last layers encode mostly the meaning of the whole sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.nlu.speech_acts import CONJUNCTIONS, Words
from assistant.nlu.stretches import Stretches

Array = NDArray[np.float32]

NEAR = 8  # words within which a question must be recognizable
AROUND = 3  # words of context on each side
FAR = 6  # words; greater distances to the start or end of the message make no difference
RARE = 2  # minimum number of examples per feature
C = 0.3
WEIGHT_OF_STATES = 0.1  # relative to the word features, of which far fewer are active
ROUNDS = 150
_OUTSIDE = "<>"
_MARKS = frozenset(".?!,;")


@dataclass(frozen=True)
class Example:
    """A message with labelled segment boundaries."""

    words: Words
    states: Array
    """Encoder states, [len(words), 384]."""
    begins: frozenset[int]
    """Indices of the words that begin a further segment."""


@dataclass(frozen=True)
class BoundaryClassifier:
    """A trained boundary regression."""

    signs: Sequence[str]
    weights_of_signs: Array
    """[len(signs)]"""
    weights_of_states: Array
    """[384, 5], columns in the order of ``_surroundings``."""
    intercept: float

    def __post_init__(self) -> None:
        """Build the feature index used for prediction."""
        object.__setattr__(self, "_rows", {sign: row for row, sign in enumerate(self.signs)})

    def log_odds(self, words: Words, states: Array) -> Array:
        """Return the log-odds of a boundary before each word but the first, [len(words) - 1]."""
        rows: dict[str, int] = self._rows  # type: ignore[attr-defined]
        by_words = [
            sum(self.weights_of_signs[rows[sign]] for sign in signs if sign in rows)
            for signs in _signs_of_each(words)
        ]
        by_states = sum(
            around @ weights for around, weights in zip(_surroundings(states), self.weights_of_states.T)
        )
        return np.asarray(np.array(by_words, dtype=np.float32) + by_states + self.intercept, dtype=np.float32)


def train_boundaries(examples: Sequence[Example]) -> BoundaryClassifier:
    """Fit the regression; examples of a single word are skipped, because they have no candidate boundary."""
    examples = [example for example in examples if len(example.words) > 1]
    begins = np.array([at in each.begins for each in examples for at in range(1, len(each.words))])
    counting = CountVectorizer(analyzer=list, binary=True, min_df=RARE, dtype=np.float32)
    counts = counting.fit_transform(
        [list(signs) for each in examples for signs in _signs_of_each(each.words)]
    )
    scaler = StandardScaler(with_mean=False)
    states = scaler.fit_transform(
        np.concatenate([np.concatenate(_surroundings(each.states), axis=1) for each in examples])
    )
    features = hstack([counts, csr_matrix(states * WEIGHT_OF_STATES)]).tocsr()
    fitted = LogisticRegression(C=C, max_iter=ROUNDS).fit(features, begins)
    weights = fitted.coef_[0].astype(np.float32)
    of_states = weights[counts.shape[1] :] * WEIGHT_OF_STATES / scaler.scale_
    return BoundaryClassifier(
        signs=list(counting.get_feature_names_out()),
        weights_of_signs=weights[: counts.shape[1]],
        weights_of_states=np.ascontiguousarray(of_states.reshape(5, -1).T, dtype=np.float32),
        intercept=float(fitted.intercept_[0]),
    )


def _signs_of_each(words: Words) -> Iterator[Iterator[str]]:
    """Yield the word features of each candidate boundary, that is before each word but the first."""
    said, stretches = [token.lower_ for token in words], Stretches(words)
    for at in range(1, len(words)):
        yield chain(_signs(said, at), _forms(stretches, said, at))


def _signs(said: Sequence[str], at: int) -> Iterator[str]:
    """Yield lexical features of the boundary before ``said[at]``."""

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


def _forms(stretches: Stretches, said: Sequence[str], at: int) -> Iterator[str]:
    """Yield features for the sentence type (question, statement, bare fragment) on either side of the boundary."""
    before, behind = (0, at), (at, len(said))
    asked = stretches.asks(*before) or stretches.asks_inside(*before)
    yield f"asks {stretches.asks(at, _until_link(said, at))} {asked}"
    yield f"asks later {stretches.asks_inside(*behind)} {asked}"
    yield f"tells {stretches.tells(*behind)} {asked}"
    yield f"bare {stretches.is_bare(*before)} {stretches.is_bare(*behind)}"
    yield f"marks {stretches.is_marked(*before)} {stretches.is_marked(*behind)}"


def _until_link(said: Sequence[str], at: int) -> int:
    """Return the index of the next conjunction, at most ``NEAR`` words on."""
    end = min(at + NEAR, len(said))
    return next((place for place in range(at + 2, end) if said[place] in CONJUNCTIONS), end)


def _surroundings(states: Array) -> list[Array]:
    """Return state features for each word but the first; five arrays of [len(states) - 1, 384].

    They are the states of the previous, current and next word, and the means before and from the current word on.
    """
    following = np.concatenate([states[2:], np.zeros_like(states[:1])])
    sums, counts = np.cumsum(states, axis=0), np.arange(1, len(states))[:, None]
    before = sums[:-1] / counts
    behind = (sums[-1] - sums[:-1]) / (len(states) - counts)
    return [states[:-1], states[1:], following, before, behind]


def write_boundaries(boundaries: BoundaryClassifier, path: Path) -> None:
    """Write the classifier to ``path``, an .npz file."""
    with path.open("wb") as file:
        np.savez(
            file,
            signs=np.frombuffer(json.dumps(list(boundaries.signs)).encode(), dtype=np.uint8),
            weights_of_signs=boundaries.weights_of_signs,
            weights_of_states=boundaries.weights_of_states,
            intercept=np.array(boundaries.intercept),
        )


def read_boundaries(path: Path) -> BoundaryClassifier:
    """Read the classifier that ``write_boundaries`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        return BoundaryClassifier(
            signs=json.loads(file["signs"].tobytes()),
            weights_of_signs=file["weights_of_signs"],
            weights_of_states=file["weights_of_states"],
            intercept=float(file["intercept"]),
        )
