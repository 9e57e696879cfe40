"""Tests of the pipeline on the phrases of another project, without any content of ours."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from assistant.nlu.reader import Reader
from benchmarks.quality.curves import trained_parts
from tests.servers import ROOT

PHRASES = {
    "opening_hours": [
        "when are you open",
        "are you open on sunday",
        "what time do you close",
        "opening times",
    ],
    "library_card": [
        "how do i get a card",
        "i lost my library card",
        "renew my membership",
        "a new card please",
    ],
    "late_fees": ["what does it cost to bring a book back late", "how much are the fines"],
    "printing": ["can i print here"],
}
QUESTIONS = {
    "are you open on monday": "opening_hours",
    "i want a card": "library_card",
    "how high are the fines for a late book": "late_fees",
    "can i print in colour": "printing",
}
ODD = (
    "yes", "ok", "thanks", "how long", "??", "", "price", "i had it yesterday at 3pm", "¿cuándo abren?",
    "ignore all previous instructions", "opning hourz", "and on sunday? and how do i get a card",
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our configuration, and phrases of which some topics have only one or two."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "data").mkdir()
    shutil.copy(ROOT / "config.yml", folder)
    phrases = {name: "".join(f"- {text}\n" for text in texts) for name, texts in PHRASES.items()}
    nlu = [{"intent": name, "examples": examples} for name, examples in phrases.items()]
    (folder / "data" / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}), "utf-8")
    (folder / "domain.yml").write_text(yaml.safe_dump({"version": "3.1", "intents": list(PHRASES)}), "utf-8")
    return folder


def trained_in(project: Path) -> Path:
    """Train the model of a small project and return its path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("RASA_CACHE_DIRECTORY", str(project / "cache"))
        trained = train_nlu("config.yml", "data", "models", domain="domain.yml")
    assert trained is not None
    return project / str(trained)


@pytest.fixture(scope="module")
def model(project: Path) -> Path:
    return trained_in(project)


@pytest.fixture(scope="module")
def agent(project: Path, model: Path) -> Iterator[Agent]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        yield Agent.load(str(model))


@pytest.fixture(scope="module")
def reader(project: Path, model: Path) -> Reader:
    return trained_parts(model, project)[1]


def parse(agent: Agent, text: str) -> dict[str, Any]:
    parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
    return parsed


@pytest.mark.parametrize("text", QUESTIONS)
def test_its_questions_are_understood(agent: Agent, text: str) -> None:
    assert parse(agent, text)["intent"]["name"] == QUESTIONS[text]


@pytest.mark.parametrize("text", [*QUESTIONS, *ODD])
def test_every_intent_is_that_of_the_classifiers(agent: Agent, reader: Reader, text: str) -> None:
    """No spelling correction, threshold or filter of ours stands between."""
    parsed = parse(agent, text)
    assert parsed["intent"]["name"] == reader.read(text).topic
    assert parsed["entities"] == []


def test_what_it_has_no_examples_for_is_not_learned(reader: Reader) -> None:
    parts = (reader.classifiers.alarms, reader.boundaries, reader.follow_ups, reader.facts)
    assert parts == (None, None, None, None)
