"""Tests of the topic ensemble and its calibration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.nlu.calibration import expected_calibration_error, fit_temperature, softmax
from assistant.nlu.ensemble import EnsembleModel, Vectors, read_hybrid, train_ensemble, write_hybrid

WORDS = ("now", "then", "really", "today", "please", "again")
TOPICS = {"pain": "does it hurt much", "cost": "what is the price", "redness": "how long am i red"}
ALARM = "there is pus in it"


@pytest.fixture(scope="module")
def model() -> EnsembleModel:
    texts = [f"{phrase} {word}" for phrase in (*TOPICS.values(), ALARM) for word in WORDS]
    labels = [topic for topic in (*TOPICS, "alarm") for _ in WORDS]
    topics = [topic if topic in TOPICS else "redness" for topic in labels]
    return train_ensemble(texts, vectors_of(labels), topics, [topic == "alarm" for topic in labels])


def vectors_of(labels: list[str]) -> Vectors:
    """Made-up sentence vectors: one direction a topic, with a little noise."""
    noise = np.random.default_rng(0).normal(0, 0.02, (len(labels), 384))
    vectors = np.eye(384)[[sorted((*TOPICS, "alarm")).index(label) for label in labels]] + noise
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_probabilities_add_up_to_one(model: EnsembleModel) -> None:
    shares = model.read(["does it hurt", "anything"], vectors_of(["pain", "cost"]))[0]
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_a_question_in_known_words_and_meaning_gets_its_topic(model: EnsembleModel, topic: str) -> None:
    shares, _ = model.read([TOPICS[topic]], vectors_of([topic]))
    assert model.labels[int(shares.argmax())] == topic


def test_an_alarm_is_told_apart_from_the_topic_that_it_stands_in(model: EnsembleModel) -> None:
    _, alarms = model.read([ALARM, *TOPICS.values()], vectors_of(["alarm", *TOPICS]))
    assert [alarm > 0.5 for alarm in alarms] == [True, False, False, False]


def test_phrases_without_an_alarm_teach_none() -> None:
    labels = ["pain", "cost"] * 6
    with pytest.raises(ValueError, match="alarms need phrases"):
        train_ensemble([TOPICS[each] for each in labels], vectors_of(labels), labels, [False] * 12)


def test_words_and_meaning_that_disagree_make_it_less_sure(model: EnsembleModel) -> None:
    agreed = model.read([TOPICS["pain"]], vectors_of(["pain"]))[0].max()
    torn = model.read([TOPICS["pain"]], vectors_of(["cost"]))[0].max()
    assert torn < agreed


def test_a_model_that_was_kept_says_what_it_said_before(model: EnsembleModel, tmp_path: Path) -> None:
    write_hybrid(model, tmp_path / "hybrid.npz")
    texts, vectors = ["does it hurt", "what is the cost"], vectors_of(["pain", "cost"])
    kept = read_hybrid(tmp_path / "hybrid.npz")
    assert kept.labels == model.labels
    for said, said_before in zip(kept.read(texts, vectors), model.read(texts, vectors)):
        np.testing.assert_array_equal(said, said_before)


def test_calibration_takes_confidence_back_where_it_is_too_sure() -> None:
    scores = np.array([[5.0, 0.0]] * 10)
    expected = np.array([0] * 6 + [1] * 4)
    temperature = fit_temperature(scores, expected)
    assert temperature > 1
    assert softmax(scores / temperature)[0, 0] == pytest.approx(0.73, abs=0.03)  # at the bound of the search


def test_calibration_error_is_the_gap_between_confidence_and_being_right() -> None:
    assert expected_calibration_error(
        np.array([0.9] * 4), np.array([True, True, False, False])
    ) == pytest.approx(0.4)
    assert expected_calibration_error(np.array([1.0] * 4), np.array([True] * 4)) == 0
