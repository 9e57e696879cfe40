"""Checks of the claims left out."""

from __future__ import annotations

from tests.core.content_tree import ContentTree

PATH = "data/facts/left_out.yml"


def test_a_claim_from_an_unknown_article_is_an_issue(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][1]["article"] = "fist"
    assert tree.issues() == [f"{PATH}: left_out 2: unknown article (got fist / expected first?)"]


def test_a_claim_from_an_unknown_section_is_an_issue(tree: ContentTree) -> None:
    tree.files[PATH]["left_out"][1]["section"] = "Introductions"
    assert tree.issues() == [
        f"{PATH}: left_out 2: unknown section of article first (got Introductions / expected Introduction?)"
    ]
