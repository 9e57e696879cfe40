"""Predictions of a model for texts, computed in a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.predictions import Guess, Guessed, guess_of
from benchmarks.processes import failure, running
from benchmarks.questions import Questions


def guess_all(
    questions: Questions, project: Path, model: Path, scratch: Path, python: str = sys.executable
) -> dict[str, list[Guessed]]:
    """Return each question with the model's prediction; the model is loaded once for all sets."""
    texts = [question.text for given in questions.values() for question in given]
    guesses = iter(guesses_for(texts, project, model, scratch, python))
    return {name: list(zip(given, guesses)) for name, given in questions.items()}


def guesses_for(
    texts: Sequence[str], project: Path, model: Path, scratch: Path, python: str = sys.executable
) -> list[Guess]:
    """Return one prediction per text."""
    asked, told, log = scratch / "texts.json", scratch / "parsed.json", scratch / "parsing.log"
    asked.write_text(json.dumps(list(texts)), "utf-8")
    files = map(str, (model.resolve(), asked.resolve(), told.resolve()))
    with running(["-m", "benchmarks.parse_texts", *files], project, log, python) as process:
        code = process.wait()
    if code:
        raise failure("Reading the texts did not work", log)
    return [guess_of(parsed) for parsed in json.loads(told.read_text("utf-8"))]
