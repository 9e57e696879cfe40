"""Tests of the projects that benchmarks train: stock's, and those with more content."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.citations import cited_facts, without_citations
from assistant.core.content.content import load_content
from assistant.core.content.yaml_files import read_yaml
from benchmarks.load.growth import grow, reworded
from benchmarks.stock.project import write_stock_project
from testbed.projects import all_phrases, copy_project, examples_of

WORDS = ["abacus", "banjo", "cactus", "dynamo", "elbow"]


def test_words_stand_for_the_same_words_everywhere() -> None:
    first = reworded("Does needling hurt, needling?", WORDS, 2)
    assert first == reworded("does NEEDLING hurt, needling?", WORDS, 2)
    assert first.count(first.split()[1].strip(",?")) >= 2
    assert reworded("is it ok", WORDS, 2) == "is it ok"


def test_content_grows_in_all_its_parts(tmp_path: Path) -> None:
    """The copies load, lead to facts of their own and share no phrase."""
    project = copy_project(tmp_path / "copy", phrases=3)
    settings = project / "clinic" / "settings.yml"
    before, phrases = load_content(project / "data", settings), len(all_phrases(project))
    grow(project, 3)
    after = load_content(project / "data", settings)
    assert len(after.topics) == 3 * len(before.topics)
    assert len(after.facts) == 3 * len(before.facts)
    assert len(all_phrases(project)) > 2.6 * phrases  # what is said about the answer before doesn't grow
    assert {f"{topic}_copy3" for topic in before.topics} <= set(read_yaml(project / "domain.yml")["intents"])
    rules = read_yaml(project / "data" / "rules" / "topics.yml")["rules"]
    responses = read_yaml(project / "data" / "en" / "responses" / "copy2.yml")["responses"]
    actions = {rule["steps"][1]["action"] for rule in rules if "_copy2" in rule["steps"][0]["intent"]}
    assert {action for action in actions if action.startswith("utter_")} <= set(responses)
    texts = [each["text"] for variations in responses.values() for each in variations]
    assert set(cited_facts(*texts)) <= set(after.facts) - set(before.facts)
    second, third = (
        {phrase for block in read_yaml(path)["nlu"] for phrase in examples_of(block)}
        for path in sorted((project / "data" / "en" / "nlu").glob("copy*.yml"))
    )
    assert second.isdisjoint(third)


def test_stock_gets_the_same_texts_with_nothing_to_fill_in(tmp_path: Path) -> None:
    stock = write_stock_project(tmp_path / "stock", epochs=1, phrases=3)
    files = (read_yaml(path) for path in (stock / "data" / "en" / "responses").glob("*.yml"))
    texts = [each["text"] for file in files for name in file["responses"].values() for each in name]
    assert texts
    assert [text for text in texts if "{" in text or text != without_citations(text)] == []
    assert "DIETClassifier" in [each["name"] for each in read_yaml(stock / "config.yml")["pipeline"]]
    assert read_yaml(stock / "credentials.yml") == {"rest": None}


def test_stocks_stories_do_not_contradict_one_another(tmp_path: Path) -> None:
    """One story an intent: rules for a known date are left out, which stories cannot tell apart."""
    stock = write_stock_project(tmp_path / "stock", phrases=3, stories=True)
    stories = read_yaml(stock / "data" / "stories.yml")["stories"]
    intents = [story["steps"][0]["intent"] for story in stories]
    assert len(intents) == len(set(intents))
    assert set(intents) == set(read_yaml(stock / "domain.yml")["intents"])
