"""Another encoder, by a line of config.yml: `tests.fakes.hashed_encoder`, which docs/new-encoder.md describes."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent

from assistant.nlu.encoder import encoder_module
from benchmarks.quality.curves import trained_parts
from tests.fakes import hashed_encoder
from tests.nlu.test_other_content import PHRASES, QUESTIONS, trained_in
from tests.servers import ROOT

NAME = "tests.fakes.hashed_encoder"
READER = "assistant.nlu.components.utterance_reader.UtteranceReader"
ALARMS = ["there is smoke", "i smell fire", "somebody has fallen", "help, smoke upstairs"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library's phrases with alarms, segmentation examples, and our configuration with the other encoder."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "data" / "en" / "segmentation").mkdir(parents=True)
    shutil.copy(ROOT / "data/en/segmentation/brief.yml", folder / "data/en/segmentation")
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    next(each for each in config["pipeline"] if each["name"] == READER)["encoder"] = NAME
    alarms = {
        "intent": "printing",
        "metadata": {"urgent": True},
        "examples": [{"text": text} for text in ALARMS],
    }
    nlu = [{"intent": name, "examples": _listed(texts)} for name, texts in PHRASES.items()]
    for name, text in (
        ("config.yml", config),
        ("data/nlu.yml", {"version": "3.1", "nlu": [*nlu, alarms]}),
        ("domain.yml", {"version": "3.1", "intents": list(PHRASES)}),
    ):
        (folder / name).write_text(yaml.safe_dump(text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def model(project: Path) -> Path:
    return trained_in(project)


def _listed(texts: list[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def test_everything_is_trained_on_its_vectors(model: Path, project: Path) -> None:
    reader = trained_parts(model, project, NAME)[1]
    assert isinstance(reader.encoder, hashed_encoder.HashedEncoder)
    assert reader.classifiers.topics.width == reader.encoder.width == 256
    assert reader.classifiers.alarms is not None
    assert reader.boundaries is not None


def test_questions_are_understood_by_it(model: Path, project: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        agent = Agent.load(str(model))
        for text, intent in QUESTIONS.items():
            assert asyncio.run(agent.parse_message(text))["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("assistant.nlu.encoder.nowhere", "assistant.nlu.encoder.nowhere can't be imported"),
        ("assistant.nlu.text.normalization", "the module has no VERSION and no write and no read"),
    ],
)
def test_what_is_no_encoder_is_named_with_what_is_expected(name: str, why: str) -> None:
    with pytest.raises(
        ValueError, match=r"config\.yml: not an encoder .* expected a module such as"
    ) as refusal:
        encoder_module(name)
    assert str(refusal.value).endswith(why)
