"""What a model makes of a text: the topic it would answer, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.nlu.calibration import expected_calibration_error
from benchmarks.questions import OUT_OF_SCOPE, Question
from benchmarks.replies import CLARIFY, Reply

FALLBACK = "nlu_fallback"
ALARM = "alarm"
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Guess:
    """The likeliest topic of a text."""

    topic: str
    confidence: float
    asks_back: bool = False
    """Whether the model found it too unsure to answer."""
    is_alarm: bool = False
    """Whether rules for signs of alarm decided, so that the confidence says nothing."""

    @property
    def as_reply(self) -> Reply:
        """What it comes to where each topic has one rule; without buttons."""
        if self.asks_back:
            return Reply(self.topic, CLARIFY)
        return Reply(self.topic, OUT_OF_SCOPE if self.topic == OUT_OF_SCOPE else "answered")


Guessed = tuple[Question, Guess]


@dataclass(frozen=True)
class CurvePoint:
    """What would come of answering from this confidence on."""

    threshold: float
    answered: float
    """Share of all questions."""
    right: float
    """Share of those answered."""


def guess_of(parsed: Mapping[str, Any]) -> Guess:
    """From what Rasa's processor returns for a text."""
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    return Guess(
        topic=ranking[0]["name"],
        confidence=float(ranking[0]["confidence"]),
        asks_back=parsed["intent"]["name"] == FALLBACK,
        is_alarm=any(entity["entity"] == ALARM for entity in parsed["entities"]),
    )


def calibration_error(guessed: Sequence[Guessed]) -> float:
    """Expected calibration error of the likeliest topic, asked back or not; alarms are left out."""
    weighed = _weighed(guessed)
    return expected_calibration_error(
        np.array([guess.confidence for _, guess in weighed]), np.array([_is_right(*pair) for pair in weighed])
    )


def threshold_curve(guessed: Sequence[Guessed], thresholds: Sequence[float] = THRESHOLDS) -> list[CurvePoint]:
    """Share answered against share right; alarms are left out."""
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
