"""Checks of the set of answers and their references."""

from __future__ import annotations

from tests.core.content_entries import answer
from tests.core.content_tree import ContentTree

PAIN = "data/en/responses/procedure.yml"


def test_a_topic_without_an_answer_is_an_issue(tree: ContentTree) -> None:
    del tree.files["data/en/responses/dialogue.yml"]["responses"]["utter_greet"]
    assert tree.issues() == [
        "data/en/responses/dialogue.yml: topic greet has no answer (expected utter_greet)",
    ]


def test_a_response_that_answers_no_topic_is_an_issue(tree: ContentTree) -> None:
    tree.files[PAIN]["responses"]["utter_joy"] = [answer("pain", ["not-that-painful"])]
    assert tree.issues() == [
        f"{PAIN}: utter_joy: answers no topic (expected utter_<topic of data/topics.yml>)"
    ]


def test_asking_back_belongs_to_no_topic(tree: ContentTree) -> None:
    assert "utter_nlu_fallback" in tree.files["data/en/responses/dialogue.yml"]["responses"]
    assert tree.issues() == []


def test_a_response_stands_in_the_file_of_its_topics_group(tree: ContentTree) -> None:
    tree.files["data/en/responses/basics.yml"]["responses"]["utter_pain"] = tree.files[PAIN]["responses"].pop(
        "utter_pain"
    )
    assert tree.issues() == [
        f"data/en/responses/basics.yml: utter_pain: stands in the file of another group (expected {PAIN})"
    ]


def test_a_response_is_about_the_topic_of_its_name(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["metadata"]["topic"] = "cost"
    assert tree.issues() == [
        f"{PAIN}: utter_pain: its topic is not the one of its name (got cost / expected pain)"
    ]


def test_a_response_given_in_two_files_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/responses/basics.yml"]["responses"]["utter_pain"] = tree.answers(
        "procedure", "utter_pain"
    )
    assert f"{PAIN}: utter_pain: given twice (got already in data/en/responses/basics.yml)" in tree.issues()


def test_an_unknown_fact_is_an_issue(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["text"] += " It hurts [not-painful]."
    assert tree.issues() == [
        f"{PAIN}: utter_pain: unknown fact (got not-painful / expected not-that-painful?)"
    ]


def test_an_unknown_fact_in_the_details_is_an_issue(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["metadata"]["details"] = "It hurts [not-painful]."
    assert tree.issues() == [
        f"{PAIN}: utter_pain: unknown fact (got not-painful / expected not-that-painful?)"
    ]


def test_an_unknown_neighbour_is_an_issue(tree: ContentTree) -> None:
    tree.answers("outcomes", "utter_treats")[1]["metadata"]["near"] = ["pian"]
    assert tree.issues() == [
        "data/en/responses/outcomes.yml: utter_treats, variation 2 (concern wrinkles), near: unknown topic "
        "(got pian / expected pain?)"
    ]


def test_an_answer_that_is_its_own_neighbour_is_an_issue(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["metadata"]["near"] = ["pain"]
    assert tree.issues() == [f"{PAIN}: utter_pain, near: names the topic itself"]
