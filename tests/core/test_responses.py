"""Responses and what this project adds to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.issues import ContentError
from assistant.core.content.responses import load_responses, response_files
from tests.core.content_tree import ContentTree, without_line


def issues_of(tree: ContentTree) -> list[str]:
    """Return the issues of the responses about pain."""
    tree.write()
    with pytest.raises(ContentError) as error:
        load_responses(tree.root / "data" / "en" / "responses" / "procedure.yml")
    return [without_line(str(issue)).split(": ", 1)[1] for issue in error.value.issues]


def test_variations_come_in_the_order_of_the_file(tree: ContentTree) -> None:
    tree.write()
    treats = load_responses(tree.root / "data" / "en" / "responses" / "outcomes.yml")["utter_treats"]
    assert [[part.value for part in answer.condition] for answer in treats] == [[], ["wrinkles"], ["other"]]


def test_an_answer_is_an_answer_unless_it_says_otherwise(tree: ContentTree) -> None:
    tree.write()
    (pain,) = load_responses(tree.root / "data" / "en" / "responses" / "procedure.yml")["utter_pain"]
    assert pain.metadata.outcome == "answered"


def test_the_facts_of_an_answer_are_those_that_it_cites(tree: ContentTree) -> None:
    answer = tree.answers("procedure", "utter_pain")[0]
    answer["text"] = "It hurts [more-intense-later], a little [not-that-painful, more-intense-later]."
    answer["metadata"]["details"] = "More of it [wrinkles-fade]."
    tree.write()
    (pain,) = load_responses(tree.root / "data" / "en" / "responses" / "procedure.yml")["utter_pain"]
    assert pain.facts == ("more-intense-later", "not-that-painful", "wrinkles-fade")


def test_files_come_in_a_fixed_order(tree: ContentTree) -> None:
    tree.write()
    names = [path.name for path in response_files(tree.root / "data")]
    assert names == ["basics.yml", "dialogue.yml", "outcomes.yml", "procedure.yml"]


def test_an_outcome_that_does_not_exist_is_an_issue(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["metadata"]["outcome"] = "maybe"
    (problem,) = issues_of(tree)
    assert problem.startswith(
        "utter_pain, variation 1, metadata.outcome: unknown word (got maybe / expected answered, "
    )


def test_every_issue_of_a_file_is_told(tree: ContentTree) -> None:
    pain = tree.answers("procedure", "utter_pain")
    pain.append({"metadata": {"topic": "pain", "detail": "x"}})
    tree.files["data/en/responses/procedure.yml"]["responses"]["utter_joy"] = {"text": "no dash in front"}
    assert issues_of(tree) == [
        "utter_pain, variation 2, text: is missing (expected text: …)",
        "utter_pain, variation 2, metadata.detail: unknown key "
        "(expected details? The keys are topic, outcome, details, basis, near, "
        "verdict, concern, condition, symptom, alarm, remark)",
        "utter_joy: is not a list of variations (expected - text: …)",
    ]


@pytest.mark.parametrize("text", ["", "responses:", "responses: []", "- utter_pain"])
def test_a_file_without_responses_is_an_issue(tmp_path: Path, text: str) -> None:
    path = tmp_path / "procedure.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="has no responses"):
        load_responses(path)
