"""Reading of content with unreadable files."""

from __future__ import annotations

import pytest

from tests.core.content_tree import ContentTree


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("data/topics.yml", "topic"),
        ("data/articles.yml", "article"),
        ("data/facts/procedure.yml", "fact"),
        ("data/facts/left_out.yml", "left out"),
        ("data/en/responses/procedure.yml", "response"),
        ("data/en/nlu/procedure/pain.yml", "phrase"),
        ("tests/nlu/procedure/pain.yml", "question"),
        ("data/rules/own.yml", "rule"),
        ("domain.yml", "domain"),
        ("data/en/lexicon/concern.yml", "lexicon"),
        ("data/en/alarms.yml", "alarm"),
        ("data/en/wording.yml", "wording"),
        ("clinic/settings.yml", "clinic"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_issue_and_no_more(
    tree: ContentTree, name: str, subject: str
) -> None:
    tree.files[name] = "]"
    (line,) = tree.issues()
    assert line.startswith(f"{name}: a bracket that is not closed, or a colon between brackets (got ]")
    assert subject in tree.material().broken


def test_a_missing_file_is_an_issue(tree: ContentTree) -> None:
    del tree.files["data/topics.yml"]
    assert tree.issues() == ["data/topics.yml: cannot be read (got No such file or directory)"]


def test_every_wrong_entry_of_a_file_is_reported(tree: ContentTree) -> None:
    tree.facts("procedure")[0].pop("section")
    tree.facts("procedure")[1]["sektion"] = "Pain"
    assert tree.issues() == [
        "data/facts/procedure.yml: facts 1 (not-that-painful), section: is missing (expected section: …)",
        "data/facts/procedure.yml: facts 2 (more-intense-later), sektion: unknown key "
        "(expected section? The keys are id, statement, article, section, line, topic, gives_reason, "
        "conflicts_with, values, also)",
    ]


def test_phrases_that_are_no_list_are_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/nlu/procedure/pain.yml"] = (
        "nlu:\n- intent: pain\n  examples: |\n    - ouch\n    ouch again\n"
    )
    assert tree.issues() == [
        "data/en/nlu/procedure/pain.yml: nlu 1: a line does not start with '- ': ouch again "
        "(expected intent: …, examples: |, then - …)"
    ]


def test_questions_without_a_topic_are_an_issue(tree: ContentTree) -> None:
    del tree.files["tests/nlu/procedure/pain.yml"]["topic"]
    assert tree.issues() == ["tests/nlu/procedure/pain.yml: has no topic (expected topic: …)"]


def test_a_rule_without_steps_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/rules/own.yml"] = {"rules": [{"rule": "mine"}]}
    assert tree.issues() == [
        "data/rules/own.yml: has no list of rules with steps (expected rules: [{rule, steps}])"
    ]
