"""Checks of the claims left out."""

from __future__ import annotations

from tests.core.content_tree import ContentTree

PATH = "data/facts/left_out.yml"


def test_a_duplicate_of_an_unknown_fact_is_a_fault(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][1]["duplicate_of"] = "not-that-painfull"
    assert tree.faults() == [
        f"{PATH}: left_out 2: unknown fact (got not-that-painfull / expected not-that-painful?)"
    ]


def test_a_duplicate_says_of_what(tree: ContentTree) -> None:
    del tree.files[PATH]["left_out"][1]["duplicate_of"]
    assert tree.faults() == [
        f"{PATH}: left_out 2: does not say which fact it duplicates (expected duplicate_of: …)"
    ]


def test_what_is_no_duplicate_names_no_fact(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][0]["duplicate_of"] = "not-that-painful"
    assert tree.faults() == [
        f"{PATH}: left_out 1: names a fact but is no duplicate (got advertising / expected reason: duplicate)"
    ]


def test_a_claim_from_an_unknown_article_is_a_fault(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][1]["article"] = "fist"
    assert tree.faults() == [f"{PATH}: left_out 2: unknown article (got fist / expected first?)"]


def test_a_claim_from_an_unknown_section_is_a_fault(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][1]["section"] = "Introductions"
    assert tree.faults() == [
        f"{PATH}: left_out 2: unknown section of article first (got Introductions / expected Introduction?)"
    ]
