"""Checks of figures: numbers that a rule owns stand in no text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.content_entries import TEXT
from tests.core.content_tree import ContentTree

PAIN = "data/en/responses/procedure.yml: utter_pain"
CITED = "[not-that-painful, more-intense-later]"


@pytest.fixture
def tree(tree: ContentTree) -> ContentTree:
    """The tiny project with rules on pain and on wrinkles."""
    tree.files["data/aftercare.yml"]["aftercare"] = [
        rule("calm", topics=["pain"], end="PT24H"),
        rule("again", topics=["pain"], start="P4W", end="P5W", kind="next"),
        rule("smooth", topics=["treats"], end="P3D"),
    ]
    return tree


def rule(name: str, **more: Any) -> dict[str, Any]:
    """Return a rule that breaks no other check."""
    common = {"kind": "avoid", "direction": "after", "start": "PT0S", "otherwise": "ok", "strictness": "must"}
    texts = {"title": name, "detail": f"{'word ' * 12}[wrinkles-fade]."}
    return {"id": name, **texts, **common, **more}


def say(tree: ContentTree, text: str) -> list[str]:
    """Return the issues if the answer about pain has this text."""
    tree.answers("procedure", "utter_pain")[0]["text"] = f"{TEXT} {text} {CITED}"
    return tree.issues()


@pytest.mark.parametrize("text", ["24 hours", "24-hour rest", "24 hrs"])
def test_a_number_of_a_rule_on_the_topic_is_an_issue(tree: ContentTree, text: str) -> None:
    literal = text.removesuffix(" rest")
    assert say(tree, f"Wait {text}.") == [
        f"{PAIN}: a number that a rule owns (got {literal} / expected {{window:calm}}; "
        "{fact:…} for what one source says)"
    ]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("4 weeks", "again.start"),
        ("four weeks", "again.start"),
        ("28 days", "again.start"),
        ("5 weeks", "again.end"),
        ("4 to 5 weeks", "again"),
        ("4–5 weeks", "again"),
        ("four or five weeks", "again"),
    ],
)
def test_the_same_number_in_other_words_is_found(tree: ContentTree, text: str, figure: str) -> None:
    (issue,) = say(tree, f"Wait {text}.")
    assert f"got {text} / expected {{window:{figure}}}" in issue


@pytest.mark.parametrize(
    "text", ["24 minutes", "12 to 24 hours", "25 hours", "3 days", "6 weeks", "24 people"]
)
def test_other_numbers_are_nobodys(tree: ContentTree, text: str) -> None:
    assert say(tree, f"Wait {text}.") == []


def test_a_rule_that_rests_on_a_cited_fact_owns_its_number_too(tree: ContentTree) -> None:
    tree.answers("outcomes", "utter_treats")[1]["text"] = f"{TEXT} In 24 hours it fades [wrinkles-fade]."
    (issue,) = tree.issues()
    assert "got 24 hours / expected {window:calm}" in issue


def test_details_repeat_no_number_either(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["metadata"]["details"] = "Wait 24 hours."
    (issue,) = tree.issues()
    assert "got 24 hours" in issue


def test_a_placeholder_is_right(tree: ContentTree) -> None:
    assert say(tree, "Wait {window:calm}, or {window:again.start}.") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("window:clam", "window:calm?"), ("window:calm.stop", None), ("fact:more-intense-later.time", None)],
)
def test_a_figure_that_nobody_owns_is_an_issue(tree: ContentTree, name: str, expected: str | None) -> None:
    (issue,) = say(tree, f"Wait {{{name}}}.")
    assert f"unknown figure (got {{{name}}}" in issue
    assert expected is None or expected in issue


def test_a_value_that_is_no_number_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["values"] = {"time": "a day"}
    (issue,) = tree.issues()
    assert issue.startswith(
        "data/facts/procedure.yml: fact not-that-painful, values: is not an ISO 8601 duration"
    )
