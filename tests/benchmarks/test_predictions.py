"""Tests of predictions: confidence, threshold curve and calibration error."""

from __future__ import annotations

import pytest

from benchmarks.comparison import answered_right, likeliest_right
from benchmarks.predictions import CurvePoint, Guess, calibration_error, guess_of, threshold_curve
from benchmarks.questions import Question
from benchmarks.replies import Reply
from benchmarks.scores import Share

PAIN = Question("does it hurt", "pain")


def parsed(intent: str, *ranking: tuple[str, float], entities: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "intent": {"name": intent, "confidence": 0.3},
        "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
        "entities": [{"entity": entity, "value": "x"} for entity in entities],
    }


def test_the_likeliest_topic_is_kept_where_the_model_asks_back() -> None:
    """Rasa puts its fallback before the ranking."""
    guess = guess_of(parsed("nlu_fallback", ("nlu_fallback", 0.3), ("pain", 0.3), ("bleeding", 0.2)))
    assert guess == Guess("pain", 0.3, asks_back=True)
    assert guess.as_reply == Reply("pain", "clarify")


def test_an_alarm_is_marked() -> None:
    """Its confidence of 1 comes from rules."""
    assert guess_of(parsed("symptom_report", ("symptom_report", 1.0), entities=("alarm",))).is_alarm


def test_out_of_scope_has_its_own_outcome() -> None:
    """So that rejections can be counted."""
    assert Guess("out_of_scope", 0.9).as_reply == Reply("out_of_scope", "out_of_scope")


def test_the_curve_trades_answers_for_right_ones() -> None:
    """At each threshold: how many are answered, and how many of these are right."""
    guessed = [(PAIN, Guess("pain", 0.9)), (PAIN, Guess("pain", 0.5)), (PAIN, Guess("cost", 0.3))]
    curve = threshold_curve(guessed, (0.2, 0.5, 0.95))
    assert [point.answered for point in curve] == pytest.approx([1, 2 / 3, 0])
    assert [point.right for point in curve] == pytest.approx([2 / 3, 1, 0])


def test_alarms_are_left_out_of_curve_and_calibration() -> None:
    """Their confidence says nothing."""
    alarm = (PAIN, Guess("symptom_report", 1.0, is_alarm=True))
    right = (PAIN, Guess("pain", 1.0))
    assert threshold_curve([alarm, right], (0.5,)) == [CurvePoint(0.5, 1.0, 1.0)]
    assert calibration_error([alarm, right]) == 0.0


def test_confidence_that_holds_has_no_calibration_error() -> None:
    """Half of what is said at 0.5 is right."""
    assert calibration_error([(PAIN, Guess("pain", 0.5)), (PAIN, Guess("cost", 0.5))]) == pytest.approx(0.0)
    assert calibration_error([(PAIN, Guess("cost", 0.75))]) == pytest.approx(0.75)


def test_asking_back_counts_for_the_likeliest_topic_only() -> None:
    """The comparison with stock shows both figures."""
    guessed = [(PAIN, Guess("pain", 0.3, asks_back=True)), (PAIN, Guess("pain", 0.9))]
    assert answered_right(guessed) == Share(1, 2)
    assert likeliest_right(guessed) == Share(2, 2)
