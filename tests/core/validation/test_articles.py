"""Checks of the list of articles."""

from __future__ import annotations

from tests.core.content_tree import ContentTree


def test_an_article_given_twice_is_an_issue(tree: ContentTree) -> None:
    articles = tree.files["data/articles.yml"]["articles"]
    articles.append(articles[0])
    assert "data/articles.yml: article first: given twice" in tree.issues()


def test_a_section_given_twice_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/articles.yml"]["articles"][1]["sections"].append("Pain")
    assert tree.issues() == ["data/articles.yml: article second, section Pain: given twice"]


def test_a_section_that_nobody_took_anything_from_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/facts/left_out.yml"]["left_out"] = []
    assert tree.issues() == [
        "data/articles.yml: article first, section Introduction: nothing in it became a fact or was left out "
        "(expected a fact in data/facts or a claim in data/facts/left_out.yml)"
    ]
