"""Parses texts with a model in its own process: `python -m benchmarks.parse_client MODEL TEXTS OUT`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.predictions import Guess, Guessed, guess_of
from benchmarks.processes import failure, running
from benchmarks.questions import Questions


def guess_all(questions: Questions, project: Path, model: Path, scratch: Path) -> dict[str, list[Guessed]]:
    """Return each question with the model's prediction; the model is loaded once for all sets."""
    texts = [question.text for given in questions.values() for question in given]
    guesses = iter(guesses_for(texts, project, model, scratch))
    return {name: list(zip(given, guesses)) for name, given in questions.items()}


def guesses_for(texts: Sequence[str], project: Path, model: Path, scratch: Path) -> list[Guess]:
    """Return one prediction per text."""
    asked, told, log = scratch / "texts.json", scratch / "parsed.json", scratch / "parsing.log"
    asked.write_text(json.dumps(list(texts)), "utf-8")
    arguments = [
        "-m",
        "benchmarks.parse_client",
        *map(str, (model.resolve(), asked.resolve(), told.resolve())),
    ]
    with running(arguments, project, log) as process:
        code = process.wait()
    if code:
        raise failure("Reading the texts did not work", log)
    return [guess_of(parsed) for parsed in json.loads(told.read_text("utf-8"))]


async def _parse(model: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    from rasa.core.agent import Agent  # takes seconds, and only this process needs it

    agent = Agent.load(model)
    return [_needed(await agent.parse_message(text)) for text in texts]


def _needed(parsed: dict[str, Any]) -> dict[str, Any]:
    return {key: parsed[key] for key in ("intent", "intent_ranking", "entities")}


def _main(model: str, asked: str, told: str) -> None:
    parsed = asyncio.run(_parse(model, json.loads(Path(asked).read_text("utf-8"))))
    Path(told).write_text(json.dumps(parsed, default=float), "utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
