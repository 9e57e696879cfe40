"""Tests of the classifiers of topics and alarms, and of their calibration."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from assistant.nlu.classifiers.alarms import AlarmClassifier
from assistant.nlu.classifiers.arrays import read_arrays, write_arrays
from assistant.nlu.classifiers.calibration import equal_weights, fit_weights, softmax
from assistant.nlu.classifiers.ensemble import TopicEnsemble
from assistant.nlu.classifiers.linear import FEW, TermIndex, Vectors, product
from assistant.nlu.classifiers.parallel import run_both
from assistant.nlu.reader import Classifiers

WORDS = ("now", "then", "really", "today", "please", "again")
TOPICS = {"pain": "does it hurt much", "cost": "what is the price", "redness": "how long am i red"}
ALARM = "there is pus in it"


def trained(topics: list[str], words: tuple[str, ...] = WORDS, *, with_alarms: bool = True) -> Classifiers:
    """On a phrase for each of the words, and with as many alarms under one of the topics."""
    labels = [topic for topic in (*topics, *(["alarm"] if with_alarms else [])) for _ in words]
    phrases = {**TOPICS, "alarm": ALARM}
    texts = [f"{phrases[label]} {words[number % len(words)]}" for number, label in enumerate(labels)]
    given = [label if label in topics else topics[0] for label in labels]
    return Classifiers.train(
        texts,
        vectors_of(labels),
        given,
        [label == "alarm" for label in labels],
        [False] * len(labels),
        width=384,
    )


@pytest.fixture(scope="module")
def model() -> Classifiers:
    return trained(list(TOPICS))


def vectors_of(labels: list[str]) -> Vectors:
    """Made-up sentence vectors: one direction a topic, with a little noise."""
    noise = np.random.default_rng(0).normal(0, 0.02, (len(labels), 384))
    vectors = np.eye(384)[[sorted((*TOPICS, "alarm")).index(label) for label in labels]] + noise
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_probabilities_add_up_to_one(model: Classifiers) -> None:
    for reading in model.read(["does it hurt", "anything"], vectors_of(["pain", "cost"])):
        assert sum(reading.topics.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_a_question_in_known_words_and_meaning_gets_its_topic(model: Classifiers, topic: str) -> None:
    (reading,) = model.read([TOPICS[topic]], vectors_of([topic]))
    assert reading.topic == topic


def test_an_alarm_is_told_apart_from_the_topic_that_it_stands_in(model: Classifiers) -> None:
    readings = model.read([ALARM, *TOPICS.values()], vectors_of(["alarm", *TOPICS]))
    assert [reading.alarm_probability > 0.5 for reading in readings] == [True, False, False, False]


def test_without_alarms_nothing_is_one() -> None:
    model = trained(list(TOPICS), with_alarms=False)
    assert model.alarms is None
    assert model.read([ALARM], vectors_of(["alarm"]))[0].alarm_probability == 0.0


@pytest.mark.parametrize("topics", [["pain", "cost"], list(TOPICS)])
@pytest.mark.parametrize("words", [WORDS[:1], WORDS[:2], WORDS])
def test_topics_of_one_phrase_and_models_of_two_topics_are_learned(
    topics: list[str], words: tuple[str, ...]
) -> None:
    model = trained(topics, words, with_alarms=False)
    readings = model.read([TOPICS[topic] for topic in topics], vectors_of(topics))
    assert [reading.topic for reading in readings] == topics


def test_one_topic_alone_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="at least two intents"):
        trained(["pain"], with_alarms=False)


def test_words_and_meaning_that_disagree_make_it_less_sure(model: Classifiers) -> None:
    agreed, torn = model.read([TOPICS["pain"]] * 2, vectors_of(["pain", "cost"]))
    assert torn.confidence < agreed.confidence


def test_a_model_that_was_kept_says_what_it_said_before(model: Classifiers, tmp_path: Path) -> None:
    for name, part in (("terms", model.index), ("topics", model.topics), ("alarms", model.alarms)):
        write_arrays(tmp_path / name, part)
    kept = Classifiers(
        TermIndex(**read_arrays(tmp_path / "terms")),
        TopicEnsemble.of(read_arrays(tmp_path / "topics")),
        AlarmClassifier.of(**read_arrays(tmp_path / "alarms")),
    )
    texts, vectors = ["does it hurt", "what is the cost"], vectors_of(["pain", "cost"])
    for said, said_before in zip(kept.read(texts, vectors), model.read(texts, vectors)):
        assert (said.topics, said.alarm_probability) == (said_before.topics, said_before.alarm_probability)


def test_calibration_takes_confidence_back_where_it_is_too_sure() -> None:
    scores = np.array([[[5.0, 0.0]] * 1000])
    expected = np.array([0] * 600 + [1] * 400)
    weights = fit_weights(scores, expected)
    assert softmax(weights[0] * scores[0])[0, 0] == pytest.approx(0.6, abs=0.05)


def test_the_classifier_that_is_right_counts_more() -> None:
    expected = np.array([0, 1] * 50)
    right = np.log(np.where(np.eye(2)[expected] == 1, 0.8, 0.2))
    guesses = np.log(np.random.default_rng(0).dirichlet((1, 1), 100))
    good, poor = fit_weights(np.stack([right, guesses]), expected)
    assert good > 1 > poor


def test_a_few_examples_hardly_change_the_weights() -> None:
    few = fit_weights(np.log(np.array([[[0.9, 0.1]], [[0.1, 0.9]]])), np.array([0]))
    assert few == pytest.approx(equal_weights(2), abs=0.3)


@pytest.mark.parametrize("rows", [0, 1, 2, FEW - 1, FEW, 20])
def test_a_product_is_the_same_for_few_rows_and_for_many(rows: int) -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(rows, 16)).astype(np.float32)
    matrix = random.normal(size=(16, 5)).astype(np.float32)
    np.testing.assert_allclose(product(vectors, matrix), vectors @ matrix, atol=1e-5)


def test_two_fits_run_at_the_same_time() -> None:
    meeting = Barrier(2)
    assert sorted(run_both(partial(meeting.wait, 20), partial(meeting.wait, 20))) == [0, 1]


@pytest.mark.parametrize("failing", [0, 1])
def test_an_error_of_either_fit_is_raised(failing: int) -> None:
    jobs: list[Callable[[], object]] = [list, list]
    jobs[failing] = partial(int, "x")
    with pytest.raises(ValueError, match="invalid literal"):
        run_both(*jobs)
