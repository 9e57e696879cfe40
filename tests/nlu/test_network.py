"""Tests of networks with one hidden layer."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.classifiers.network import Network, train_network

SEEDS = (0, 1)


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Positive where the first two features have the same sign, which no linear model can learn."""
    return np.asarray((vectors[:, 0] * vectors[:, 1] > 0)[:, None])


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    return np.random.default_rng(0).normal(3, 1, (600, 8)).astype(np.float32) - 3


@pytest.fixture(scope="module")
def network(vectors: NDArray[np.float32]) -> Network:
    return train_network(vectors, signs_of(vectors), (1,), seeds=SEEDS)


def test_what_is_not_linear_is_learned(network: Network) -> None:
    unseen = np.random.default_rng(1).normal(0, 1, (200, 8)).astype(np.float32)
    right = (network.log_odds(unseen) > 0) == signs_of(unseen)
    assert right.mean() > 0.8


def test_a_heavier_weight_finds_more_positives(vectors: NDArray[np.float32], network: Network) -> None:
    heavy = train_network(vectors, signs_of(vectors), (4,), seeds=SEEDS)
    unseen = np.random.default_rng(2).normal(0, 1, (200, 8)).astype(np.float32)
    assert (heavy.log_odds(unseen) > 0).sum() > (network.log_odds(unseen) > 0).sum()


def test_the_mean_of_several_is_one_network(vectors: NDArray[np.float32], network: Network) -> None:
    each = [train_network(vectors, signs_of(vectors), (1,), seeds=(seed,)) for seed in SEEDS]
    mean = np.mean([one.log_odds(vectors) for one in each], axis=0)
    np.testing.assert_allclose(network.log_odds(vectors), mean, atol=1e-2)


def test_a_few_examples_are_learned_too() -> None:
    few = np.eye(8, dtype=np.float32)
    positive = (np.arange(8) < 2)[:, None]
    assert ((train_network(few, positive, (1,), seeds=SEEDS).log_odds(few) > 0) == positive).all()


def test_each_output_learns_its_own_labels(vectors: NDArray[np.float32]) -> None:
    labels = np.stack([vectors[:, 0] > 0, vectors[:, 1] > 0], axis=1)
    found = train_network(vectors, labels, (1, 2), SEEDS).log_odds(vectors) > 0
    assert (found == labels).mean(axis=0) == pytest.approx(1.0, abs=0.05)
