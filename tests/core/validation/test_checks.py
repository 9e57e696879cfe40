"""All checks combined."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.content_entries import fact
from tests.core.content_tree import ContentTree

Mutation = tuple[Callable[[ContentTree], object], str]


def _long_title(tree: ContentTree) -> None:
    tree.topic("greet")["label"] = "x" * 41


def _unread_section(tree: ContentTree) -> None:
    tree.files["data/articles.yml"]["articles"][1]["sections"].append("Price")


def _bad_yaml(tree: ContentTree) -> None:
    tree.files["data/en/wording.yml"] = "wording: [\n"


def _unknown_neighbour(tree: ContentTree) -> None:
    tree.answers("dialogue", "utter_greet")[0]["metadata"]["near"] = ["pian"]


def _double_alarm(tree: ContentTree) -> None:
    tree.files["data/en/alarms.yml"]["alarms"][1]["id"] = "breathing"


def _capital_term(tree: ContentTree) -> None:
    tree.files["data/en/lexicon/concern.yml"]["lexicon"][1]["terms"] = ["Eczema"]


MUTATIONS: list[Mutation] = [
    (
        _long_title,
        "data/topics.yml: topic greet: the label is too long for a button "
        "(got 41 characters / expected at most 40)",
    ),
    (
        _unread_section,
        "data/articles.yml: article second, section Price: nothing in it became a fact or was left out "
        "(expected a fact in data/facts or a claim in data/facts/left_out.yml)",
    ),
    (
        lambda tree: tree.facts("outcomes").append(fact("never-used", topic="treats")),
        "data/facts/outcomes.yml: fact never-used: nothing uses it "
        "(expected a response that cites it, or a claim in data/facts/left_out.yml instead)",
    ),
    (
        _unknown_neighbour,
        "data/en/responses/dialogue.yml: utter_greet, near: unknown topic (got pian / expected pain?)",
    ),
    (
        lambda tree: tree.add_phrase("basics", "cost", "[50](number) euros?"),
        "data/en/nlu/basics/cost.yml: a phrase with markup "
        "(got [50](number) euros? / expected no [ ] { } and no leading /)",
    ),
    (
        lambda tree: tree.questions("basics", "cost").pop(),
        "tests/nlu/basics/cost.yml: too few test questions (got 5 / expected at least 6)",
    ),
    (
        lambda tree: tree.files["domain.yml"]["intents"].append("greet"),
        "domain.yml: is out of date with data/topics.yml (expected make content)",
    ),
    (_double_alarm, "data/en/alarms.yml: alarm breathing: given twice"),
    (
        _capital_term,
        "data/en/lexicon/concern.yml: id eczema: a term is not in lower case (got Eczema / expected eczema)",
    ),
]


def test_right_content_has_no_issue(tree: ContentTree) -> None:
    assert tree.issues() == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(MUTATIONS), min_size=1, unique_by=lambda mutation: mutation[1]))
def test_whatever_is_wrong_is_reported_all_at_once(mutations: list[Mutation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = ContentTree(Path(folder))
        for spoil, _ in mutations:
            spoil(tree)
        assert sorted(tree.issues()) == sorted(line for _, line in mutations)


def test_a_file_that_cannot_be_read_hides_no_issue_of_another(tree: ContentTree) -> None:
    _bad_yaml(tree)
    for spoil, _ in MUTATIONS:
        spoil(tree)
    issues = tree.issues()
    assert [line for line in issues if line.startswith("data/en/wording.yml: a bracket that is not closed")]
    assert set(issues) > {line for _, line in MUTATIONS}


def test_issues_come_file_by_file(tree: ContentTree) -> None:
    for spoil, _ in MUTATIONS:
        spoil(tree)
    paths = [line.split(":")[0] for line in tree.issues()]
    assert paths == sorted(paths)


def test_a_rule_of_aftercare_that_rests_on_nothing_is_an_issue(tree: ContentTree) -> None:
    rule = {
        "id": "no-ice", "title": "No ice", "detail": "Keep ice off [nothing-of-the-kind].", "kind": "avoid",
        "direction": "after", "start": "PT0S", "strictness": "must",
    }  # fmt: skip
    tree.files["data/aftercare.yml"]["aftercare"] = [rule]
    assert any("nothing-of-the-kind" in issue for issue in tree.issues())


def test_a_sentence_of_aftercare_that_is_missing_is_an_issue(tree: ContentTree) -> None:
    del tree.files["data/en/aftercare_wording.yml"]["aftercare_wording"]["worse"]
    assert any("worse" in issue for issue in tree.issues())
