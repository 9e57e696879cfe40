"""Tests of synthetic topics and of the project with Rasa's stock configuration."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.core.content.citations import cited_facts, cited_ids
from assistant.core.content.content import load_content
from assistant.core.content.yaml_files import read_yaml
from benchmarks.projects import all_phrases, copy_project
from benchmarks.run import ROOT
from benchmarks.stock.project import write_stock_project
from benchmarks.synthetic_topics import grow, renamed, reworded

WORDS = ["abacus", "banjo", "cactus", "dynamo", "elbow"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, with three phrases of each block."""
    root = tmp_path / "root"
    root.mkdir()
    for name in ("config.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, root)
    for name in ("data", "clinic"):
        shutil.copytree(ROOT / name, root / name)
    (root / "credentials.yml").write_text("rest:\n", "utf-8")
    monkeypatch.setattr("benchmarks.projects.ROOT", root)
    return copy_project(tmp_path / "copy", phrases=3)


def test_words_stand_for_the_same_words_everywhere() -> None:
    """Within a copy; another copy has other ones."""
    first = reworded("Does needling hurt, needling?", WORDS, 2)
    assert first == reworded("does NEEDLING hurt, needling?", WORDS, 2)
    assert first.count(first.split()[1].strip(",?")) >= 2
    assert reworded("is it ok", WORDS, 2) == "is it ok"


def test_topics_and_their_responses_get_the_name_of_the_copy() -> None:
    """Everything else keeps its own."""
    names = frozenset({"pain"})
    assert renamed("pain", names, 3) == "pain_copy3"
    assert renamed("utter_pain", names, 3) == "utter_pain_copy3"
    assert renamed("action_listen", names, 3) == "action_listen"


def test_content_grows_in_all_its_parts(project: Path) -> None:
    """Topics, intents, phrases, rules, responses and facts, and the whole still loads."""
    before = load_content(project / "data", project / "clinic" / "settings.yml")
    phrases = len(all_phrases(project))
    grow(project, 2)
    after = load_content(project / "data", project / "clinic" / "settings.yml")
    assert len(after.topics) == 2 * len(before.topics)
    assert len(after.facts) == 2 * len(before.facts)
    assert len(all_phrases(project)) > 1.8 * phrases  # what is said about the answer before doesn't grow
    intents = read_yaml(project / "domain.yml")["intents"]
    assert {f"{topic}_copy2" for topic in before.topics} <= set(intents)
    responses = read_yaml(project / "data" / "en" / "responses" / "copy2.yml")["responses"]
    rules = read_yaml(project / "data" / "rules" / "copy2.yml")["rules"]
    for rule in rules:
        assert rule["steps"][0]["intent"] in intents
        action = rule["steps"][1]["action"]
        assert action in responses or action.startswith("action_")
    texts = [each["text"] for variations in responses.values() for each in variations]
    facts = set(cited_facts(*texts))
    assert facts <= set(after.facts) - set(before.facts)


def test_copies_share_no_phrase(project: Path) -> None:
    """A phrase under two topics would teach nothing."""
    grow(project, 3)
    blocks = [read_yaml(project / "data" / "en" / "nlu" / f"copy{number}.yml")["nlu"] for number in (2, 3)]
    second, third = ({line for block in each for line in block["examples"].splitlines()} for each in blocks)
    assert second.isdisjoint(third)


def test_stock_has_rasas_own_configuration_and_nothing_to_fill_in(project: Path, tmp_path: Path) -> None:
    """Its generator of responses would log each placeholder that it can't fill."""
    stock = write_stock_project(tmp_path / "stock", epochs=1, phrases=3, stories=True)
    names = [component["name"] for component in read_yaml(stock / "config.yml")["pipeline"]]
    assert "DIETClassifier" in names
    assert "nlu." not in " ".join(names)
    texts = [
        variation["text"]
        for path in (stock / "data" / "en" / "responses").glob("*.yml")
        for variations in read_yaml(path)["responses"].values()
        for variation in variations
    ]
    assert texts
    assert not [text for text in texts if "{" in text or cited_ids(text)]
    assert len(read_yaml(stock / "data" / "stories.yml")["stories"]) >= len(
        load_content(project / "data", project / "clinic" / "settings.yml").topics
    )
    assert read_yaml(stock / "credentials.yml") == {"rest": None}
