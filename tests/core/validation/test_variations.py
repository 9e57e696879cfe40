"""Checks of the variations of a response."""

from __future__ import annotations

from typing import Any

from tests.core.content_tree import ContentTree

TREATS = "data/en/responses/outcomes.yml: utter_treats"
REPORT = "data/en/responses/dialogue.yml: utter_symptom_report"


def treats(tree: ContentTree) -> list[dict[str, Any]]:
    """Three variations: general, for wrinkles, and for any other concern."""
    return tree.answers("outcomes", "utter_treats")


def words(tree: ContentTree) -> list[dict[str, Any]]:
    """Return the concerns of the lexicon."""
    entries: list[dict[str, Any]] = tree.files["data/en/lexicon/concern.yml"]["lexicon"]
    return entries


def test_a_slot_that_the_domain_does_not_know_is_an_issue(tree: ContentTree) -> None:
    del tree.files["domain.yml"]["slots"]["concern"]
    assert tree.issues() == [
        f"{TREATS}, variation 2 (concern wrinkles): unknown slot (got concern)",
        f"{TREATS}, variation 3 (concern other): unknown slot (got concern)",
    ]


def test_a_value_that_the_lexicon_does_not_know_is_an_issue(tree: ContentTree) -> None:
    words(tree)[0]["id"] = "wrinkle"
    assert tree.issues() == [
        f"{TREATS}, variation 2 (concern wrinkles): unknown concern (got wrinkles / expected wrinkle?)",
        f"{TREATS}: no variation for concern wrinkle",
    ]


def test_a_value_that_the_articles_do_not_cover_is_an_issue(tree: ContentTree) -> None:
    words(tree)[0]["covered"] = False
    assert tree.issues() == [
        f"{TREATS}, variation 2 (concern wrinkles): unknown concern (got wrinkles)",
    ]


def test_everything_that_is_covered_has_its_variation(tree: ContentTree) -> None:
    words(tree)[1]["covered"] = True
    assert tree.issues() == [f"{TREATS}: no variation for concern eczema"]


def test_what_is_not_covered_has_a_variation_too(tree: ContentTree) -> None:
    treats(tree).pop()
    assert tree.issues() == [f"{TREATS}: no variation for concern other"]


def test_what_is_not_covered_needs_none_where_the_general_answer_says_so(tree: ContentTree) -> None:
    general = tree.answers("dialogue", "utter_symptom_report")[0]
    assert general["metadata"]["outcome"] == "not_covered"
    general["metadata"]["outcome"] = "answered"
    assert tree.issues() == [f"{REPORT}: no variation for symptom other"]


def test_an_alarm_is_an_emergency_or_urgent(tree: ContentTree) -> None:
    alarm = tree.answers("dialogue", "utter_symptom_report")[2]
    alarm["condition"][0]["value"] = alarm["metadata"]["alarm"] = "urgently"
    assert tree.issues() == [
        f"{REPORT}, variation 3 (alarm urgently): unknown alarm (got urgently / expected urgent?)",
        f"{REPORT}: no variation for alarm urgent",
    ]


def test_the_metadata_name_what_the_condition_names(tree: ContentTree) -> None:
    del treats(tree)[1]["metadata"]["concern"]
    assert tree.issues() == [
        f"{TREATS}, variation 2 (concern wrinkles): the concern of the metadata is not the one of the "
        "condition (got none / expected wrinkles)"
    ]


def test_metadata_without_a_condition_are_an_issue(tree: ContentTree) -> None:
    treats(tree)[0]["metadata"]["concern"] = "wrinkles"
    assert tree.issues() == [
        f"{TREATS}, variation 1: the concern of the metadata is not the one of the condition "
        "(got wrinkles / expected none)"
    ]


def test_there_is_a_variation_for_when_nothing_is_named(tree: ContentTree) -> None:
    treats(tree).pop(0)
    assert tree.issues() == [f"{TREATS}: has no variation without a condition"]


def test_two_variations_for_the_same_are_an_issue(tree: ContentTree) -> None:
    treats(tree).append(treats(tree)[1])
    assert tree.issues() == [f"{TREATS}, variation 4 (concern wrinkles): same condition as variation 2"]
