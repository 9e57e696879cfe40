"""Predictions of a model: top-1 topic and confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.questions import OUT_OF_SCOPE, Question
from benchmarks.replies import CLARIFY, Reply
from benchmarks.scores import expected_calibration_error

FALLBACK = "nlu_fallback"
ALARM = "alarm"
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Guess:
    """Top-1 prediction for a text."""

    topic: str
    confidence: float
    asks_back: bool = False
    """The confidence is too low to answer."""
    is_alarm: bool = False
    """Alarm patterns decided, so that the confidence is meaningless."""

    @property
    def as_reply(self) -> Reply:
        """Return the reply that results if each topic has one rule, without buttons."""
        if self.asks_back:
            return Reply(self.topic, CLARIFY)
        return Reply(self.topic, OUT_OF_SCOPE if self.topic == OUT_OF_SCOPE else "answered")


Guessed = tuple[Question, Guess]


@dataclass(frozen=True)
class CurvePoint:
    """Effect of a confidence threshold."""

    threshold: float
    answered: float
    """Share of all questions."""
    right: float
    """Share of those answered."""


def guess_of(parsed: Mapping[str, Any]) -> Guess:
    """Convert the parse returned by Rasa's processor."""
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    return Guess(
        topic=ranking[0]["name"],
        confidence=float(ranking[0]["confidence"]),
        asks_back=parsed["intent"]["name"] == FALLBACK,
        is_alarm=any(entity["entity"] == ALARM for entity in parsed["entities"]),
    )


def calibration_error(guessed: Sequence[Guessed]) -> float:
    """Return the expected calibration error of the top-1 topic, including clarifications but not alarms."""
    weighed = _weighed(guessed)
    return expected_calibration_error(
        np.array([guess.confidence for _, guess in weighed]), np.array([_is_right(*pair) for pair in weighed])
    )


def threshold_curve(guessed: Sequence[Guessed], thresholds: Sequence[float] = THRESHOLDS) -> list[CurvePoint]:
    """Return the share answered and its accuracy for each threshold, without alarms."""
    weighed = _weighed(guessed)
    return [_point(weighed, threshold) for threshold in thresholds]


def _point(guessed: Sequence[Guessed], threshold: float) -> CurvePoint:
    answered = [pair for pair in guessed if pair[1].confidence >= threshold]
    right = sum(_is_right(*pair) for pair in answered)
    return CurvePoint(threshold, len(answered) / max(len(guessed), 1), right / max(len(answered), 1))


def _weighed(guessed: Sequence[Guessed]) -> list[Guessed]:
    return [pair for pair in guessed if not pair[1].is_alarm]


def _is_right(question: Question, guess: Guess) -> bool:
    return guess.topic in question.topics
