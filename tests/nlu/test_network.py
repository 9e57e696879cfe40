"""Tests of networks with one hidden layer."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.classifiers.network import Network, Shape, train_network

SEEDS = (0, 1)
SHAPE = Shape(units=64, penalty=1e-2, epochs=15)


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Positive where the first two features have the same sign, which no linear model can learn."""
    return np.asarray(vectors[:, 0] * vectors[:, 1] > 0)


def log_odds(network: Network, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of the second of two classes."""
    scores = network.scores(vectors)
    return np.asarray(scores[:, 1] - scores[:, 0])


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    return np.random.default_rng(0).normal(3, 1, (600, 8)).astype(np.float32) - 3


@pytest.fixture(scope="module")
def network(vectors: NDArray[np.float32]) -> Network:
    return train_network(vectors, signs_of(vectors), SHAPE, SEEDS)


def test_what_is_not_linear_is_learned(network: Network) -> None:
    unseen = np.random.default_rng(1).normal(0, 1, (200, 8)).astype(np.float32)
    right = (log_odds(network, unseen) > 0) == signs_of(unseen)
    assert right.mean() > 0.8


def test_more_copies_find_more_positives(vectors: NDArray[np.float32], network: Network) -> None:
    copies = np.where(signs_of(vectors), 4, 1)
    heavy = train_network(vectors, signs_of(vectors), SHAPE, SEEDS, copies)
    unseen = np.random.default_rng(2).normal(0, 1, (200, 8)).astype(np.float32)
    assert (log_odds(heavy, unseen) > 0).sum() > (log_odds(network, unseen) > 0).sum()


def test_the_mean_of_several_is_one_network(vectors: NDArray[np.float32], network: Network) -> None:
    each = [train_network(vectors, signs_of(vectors), SHAPE, (seed,)) for seed in SEEDS]
    mean = np.mean([log_odds(one, vectors) for one in each], axis=0)
    np.testing.assert_allclose(log_odds(network, vectors), mean, atol=1e-2)


def test_a_few_examples_are_learned_too() -> None:
    few = np.eye(8, dtype=np.float32)
    positive = np.arange(8) < 2
    assert ((log_odds(train_network(few, positive, SHAPE, SEEDS), few) > 0) == positive).all()


def test_each_of_several_classes_has_a_score_in_order_of_its_name() -> None:
    few, labels = np.eye(3, dtype=np.float32), np.array(["pain", "cost", "redness"])
    scores = train_network(few, labels, SHAPE, SEEDS).scores(few)
    assert [sorted(labels)[best] for best in scores.argmax(axis=1)] == list(labels)


def test_each_of_several_labels_is_learned_by_itself(vectors: NDArray[np.float32]) -> None:
    labels = np.stack([vectors[:, 0] > 0, vectors[:, 1] > 0], axis=1)
    found = train_network(vectors, labels, SHAPE, SEEDS).scores(vectors) > 0
    assert (found == labels).mean(axis=0) == pytest.approx(1.0, abs=0.05)
