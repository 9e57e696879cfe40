"""Checks of the terms of entities."""

from __future__ import annotations

from typing import Any

from tests.core.content_tree import ContentTree

CONCERN = "data/en/lexicon/concern.yml"


def words(tree: ContentTree) -> list[dict[str, Any]]:
    """Two entries: wrinkles (covered) and eczema (not covered)."""
    entries: list[dict[str, Any]] = tree.files[CONCERN]["lexicon"]
    return entries


def test_an_id_given_twice_is_an_issue(tree: ContentTree) -> None:
    words(tree).append({**words(tree)[1], "terms": ["atopic skin"]})
    assert tree.issues() == [f"{CONCERN}: id eczema: given twice"]


def test_a_term_for_two_things_is_an_issue(tree: ContentTree) -> None:
    words(tree)[1]["terms"] = ["eczema", "some wrinkles"]
    assert tree.issues() == [f"{CONCERN}: term some wrinkles: given twice"]


def test_a_term_with_a_capital_is_an_issue(tree: ContentTree) -> None:
    words(tree)[1]["terms"] = ["Eczema"]
    assert tree.issues() == [
        f"{CONCERN}: id eczema: a term is not in lower case (got Eczema / expected eczema)"
    ]


def test_something_without_terms_is_an_issue(tree: ContentTree) -> None:
    words(tree)[1]["terms"] = []
    assert tree.issues() == [f"{CONCERN}: id eczema: has no terms (expected terms: [...])"]


def test_a_file_for_an_entity_that_the_domain_does_not_know_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/lexicon/concerns.yml"] = {"lexicon": []}
    assert tree.issues() == [
        "data/en/lexicon/concerns.yml: the file's name: unknown entity (got concerns / expected concern?)"
    ]


def test_an_entity_that_an_answer_depends_on_has_a_file(tree: ContentTree) -> None:
    del tree.files[CONCERN]
    assert tree.issues() == [f"{CONCERN}: is missing (expected words for concerns)"]
