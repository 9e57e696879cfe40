"""Predictions of a model, computed in the contender's own environment: top-1 topic and confidence."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.scores import CLARIFY, Reply, Share
from testbed.processes import failure, running
from testbed.questions import OUT_OF_SCOPE, Question, Questions

FALLBACK = "nlu_fallback"
ALARM = "alarm"
_BINS = 10


@dataclass(frozen=True)
class Guess:
    """Top-1 prediction for a text."""

    topic: str
    confidence: float
    is_clarification: bool = False
    """The confidence is too low to answer."""
    is_alarm: bool = False
    """Alarm patterns decided, so that the confidence is meaningless."""

    @property
    def as_reply(self) -> Reply:
        """Return the reply that results if each topic has one rule, without buttons."""
        if self.is_clarification:
            return Reply(self.topic, CLARIFY)
        return Reply(self.topic, OUT_OF_SCOPE if self.topic == OUT_OF_SCOPE else "answered")


Guessed = tuple[Question, Guess]


def guess_all(
    questions: Questions, project: Path, model: Path, scratch: Path, python: str = sys.executable
) -> dict[str, list[Guessed]]:
    """Return each question with the model's prediction; the model is loaded once for all sets."""
    asked, parsed, log = (scratch.resolve() / name for name in ("texts.json", "parsed.json", "parsing.log"))
    asked.write_text(json.dumps([each.text for given in questions.values() for each in given]), "utf-8")
    files = map(str, (model.resolve(), asked, parsed))
    with running(["-m", "benchmarks.quality.parse_texts", *files], project, log, python) as process:
        code = process.wait()
    if code:
        raise failure("Reading the texts did not work", log)
    guesses = iter([guess_of(each) for each in json.loads(parsed.read_text("utf-8"))])
    return {name: list(zip(given, guesses)) for name, given in questions.items()}


def guess_of(parsed: Mapping[str, Any]) -> Guess:
    """Convert the parse returned by Rasa's processor."""
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    return Guess(
        topic=ranking[0]["name"],
        confidence=float(ranking[0]["confidence"]),
        is_clarification=parsed["intent"]["name"] == FALLBACK,
        is_alarm=any(entity["entity"] == ALARM for entity in parsed["entities"]),
    )


def top_right(guessed: Sequence[Guessed]) -> Share:
    """Return the share of questions with the right top-1 topic, even if the model would clarify."""
    return Share(sum(guess.topic in question.topics for question, guess in guessed), len(guessed))


def answered_from(guessed: Sequence[Guessed], threshold: float) -> tuple[Share, Share]:
    """Return the share with at least this confidence, and how many of them are right; without alarms."""
    judged = _without_alarms(guessed)
    answered = [pair for pair in judged if pair[1].confidence >= threshold]
    return Share(len(answered), len(judged)), top_right(answered)


def calibration_error(guessed: Sequence[Guessed]) -> float:
    """Return the expected calibration error of the top-1 topic, including clarifications but not alarms.

    It is the mean gap between confidence and accuracy in bins of the confidence, weighted by their sizes.
    """
    judged = _without_alarms(guessed)
    confidence = np.array([guess.confidence for _, guess in judged])
    right = np.array([guess.topic in question.topics for question, guess in judged])
    bins = np.clip((confidence * _BINS).astype(int), 0, _BINS - 1)
    masks = [bins == number for number in np.unique(bins)]
    return float(sum(abs(confidence[mask].mean() - right[mask].mean()) * mask.mean() for mask in masks))


def _without_alarms(guessed: Sequence[Guessed]) -> list[Guessed]:
    return [pair for pair in guessed if not pair[1].is_alarm]
