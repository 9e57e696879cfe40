"""Training of the follow-up ranker: first the weights of topics, then those of ``ALTERNATIVES``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from assistant.core.content.topics import Topic
from assistant.nlu.classifiers.calibration import softmax
from assistant.nlu.classifiers.follow_ups import (
    ALTERNATIVES,
    FollowUpCandidate,
    FollowUpRanker,
    features,
    features_of_alternative,
    score,
)
from assistant.nlu.classifiers.linear import Floats

PENALTY = 0.003  # on the squared difference of a weight from its initial value
PENALTY_ALTERNATIVES = 0.0005
RULED_OUT = -50.0  # log of the summed exponential scores of no topic
INITIAL = {"alone": 0.7, "context": 0.5}
"""Initial weights: both distributions count before training."""


@dataclass(frozen=True)
class RankedExample:
    """An utterance after a question, with its acceptable topics."""

    candidate: FollowUpCandidate
    topics: frozenset[str]
    is_unrelated: bool = False
    """Fits the weights of ``ALTERNATIVES`` only."""


def train_follow_ups(
    examples: Sequence[RankedExample], topics: Mapping[str, Topic], penalty: float = PENALTY
) -> FollowUpRanker | None:
    """Fit weights that maximize the likelihood of the right topics (conditional logit, McFadden 1974).

    The weights of topics are fitted first. With these fixed, those of ``ALTERNATIVES`` follow. Without examples, there
    is no ranker.
    """
    if not examples:
        return None
    groups = {topic.id: topic.group for topic in topics.values()}
    counterparts = {topic.id: topic.counterpart for topic in topics.values() if topic.counterpart}
    of_topics = _fit_topics([each for each in examples if not each.is_unrelated], groups, penalty)
    weights = {**of_topics, **_fit_alternatives(examples, groups, of_topics)}
    return FollowUpRanker(weights, groups, counterparts)


def _fit_topics(
    examples: Sequence[RankedExample], groups: Mapping[str, str], penalty: float
) -> dict[str, float]:
    """Return the weights of topics, fitted to the examples without ``ALTERNATIVES``."""
    choices = [_without_alternatives(each) for each in examples]
    given = [(each, topics) for each, topics in zip(examples, choices) if not each.topics.isdisjoint(topics)]
    tables = [[dict(features(each.candidate, topic, groups)) for topic in topics] for each, topics in given]
    names = sorted({name for table in tables for row in table for name in row})
    initial = np.array([INITIAL.get(name, 0.0) for name in names])
    padded = _padded(tables, [[topic in each.topics for topic in topics] for each, topics in given], names)
    found = minimize(padded.loss, initial, args=(initial, penalty), jac=True, method="L-BFGS-B")
    return dict(zip(names, map(float, found.x)))


def _without_alternatives(example: RankedExample) -> list[str]:
    return [topic for topic in example.candidate.topics if topic not in ALTERNATIVES]


@dataclass(frozen=True)
class _Choices:
    """Examples with their candidate topics, padded to the same number."""

    features: Floats
    """[examples, topics, names]"""
    is_candidate: NDArray[np.bool_]
    """[examples, topics]"""
    is_right: NDArray[np.bool_]

    def loss(self, weights: Floats, initial: Floats, penalty: float) -> tuple[float, Floats]:
        """Return the mean negative log-likelihood of the right topics with its penalty, and the gradient."""
        shares = softmax(np.where(self.is_candidate, self.features @ weights, -np.inf))
        right = shares * self.is_right
        total = right.sum(axis=1, keepdims=True)
        loss = penalty * float(((weights - initial) ** 2).sum()) - float(np.log(total).mean())
        change = np.einsum("np,npf->f", shares - right / total, self.features) / len(total)
        return loss, 2 * penalty * (weights - initial) + change


def _padded(
    tables: Sequence[Sequence[Mapping[str, float]]], is_right: Sequence[Sequence[bool]], names: Sequence[str]
) -> _Choices:
    shape = (len(tables), max(map(len, tables)))
    choices = _Choices(
        np.zeros((*shape, len(names))), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    )
    for number, table in enumerate(tables):
        size = len(table)
        choices.features[number, :size] = [[row.get(name, 0.0) for name in names] for row in table]
        choices.is_candidate[number, :size] = True
        choices.is_right[number, :size] = is_right[number]
    return choices


def _fit_alternatives(
    examples: Sequence[RankedExample], groups: Mapping[str, str], of_topics: Mapping[str, float]
) -> dict[str, float]:
    """Return the weights of ``ALTERNATIVES``, fitted to the examples beside the scores of their topics."""
    given = [each for each in examples if not set(ALTERNATIVES).isdisjoint(each.candidate.topics)]
    if not given:
        return {}
    rows = [dict(features_of_alternative(each.candidate)) for each in given]
    names = sorted({name for row in rows for name in row})
    totals = np.array([_log_totals(each, groups, of_topics) for each in given])
    choice = _Alternatives(
        features=np.array([[row.get(name, 0.0) for name in names] for row in rows]),
        topics=totals[:, 0],
        right=totals[:, 1],
        is_right=np.array([[name in each.topics for name in ALTERNATIVES] for each in given]),
    )
    found = minimize(choice.loss, np.zeros(len(ALTERNATIVES) * len(names)), jac=True, method="L-BFGS-B")
    return dict(zip((f"{topic}, {name}" for topic in ALTERNATIVES for name in names), map(float, found.x)))


def _log_totals(
    example: RankedExample, groups: Mapping[str, str], weights: Mapping[str, float]
) -> tuple[float, float]:
    """Return the log of the summed exponential scores of all topics, and of the right ones."""
    scores = {
        topic: score(weights, features(example.candidate, topic, groups))
        for topic in _without_alternatives(example)
    }
    right = [value for topic, value in scores.items() if topic in example.topics]
    return float(logsumexp(list(scores.values()))), float(logsumexp(right)) if right else RULED_OUT


@dataclass(frozen=True)
class _Alternatives:
    """``ALTERNATIVES`` beside the topics of examples."""

    features: Floats
    """[examples, names]"""
    topics: Floats
    """Log of the summed exponential scores of all topics, [examples]."""
    right: Floats
    """The same of the right ones."""
    is_right: NDArray[np.bool_]
    """[examples, ALTERNATIVES]"""

    def loss(self, flat: Floats) -> tuple[float, Floats]:
        """Return the mean negative log-likelihood of the right answers with its penalty, and the gradient."""
        weights = flat.reshape(len(ALTERNATIVES), -1)
        scores = self.features @ weights.T
        right_scores = np.where(self.is_right, scores, -np.inf)
        every = logsumexp(np.column_stack([self.topics, scores]), axis=1)
        right = logsumexp(np.column_stack([self.right, right_scores]), axis=1)
        excess = np.exp(scores - every[:, np.newaxis]) - np.exp(right_scores - right[:, np.newaxis])
        loss = PENALTY_ALTERNATIVES * float(flat @ flat) + float((every - right).mean())
        return loss, 2 * PENALTY_ALTERNATIVES * flat + (excess.T @ self.features).ravel() / len(scores)
