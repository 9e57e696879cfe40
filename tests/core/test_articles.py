"""Articles, facts and how they are cited."""

from __future__ import annotations

import pytest

from assistant.core.content.articles import (
    Article,
    Fact,
    cite,
    fact_files,
    load_articles,
    load_facts,
    load_left_out,
)
from tests.core.content_tree import ContentTree

ARTICLES = {
    name: Article(
        id=name, title=f"The {name}", name=name.title(), file=f"{name}.txt", sections=("Start", "End")
    )
    for name in ("first", "second")
}


def fact(name: str, article: str, section: str) -> Fact:
    """A fact that stands in this section."""
    return Fact(id=name, statement="So it is.", article=article, section=section, line=3, topic="pain")


FACTS = {
    "a": fact("a", "first", "Start"),
    "b": fact("b", "second", "End"),
    "c": fact("c", "first", "Start"),
    "d": fact("d", "first", "End"),
}


def test_a_source_is_the_articles_id_title_name_and_section() -> None:
    assert cite(["b"], FACTS, ARTICLES) == [
        {"id": "second", "title": "The second", "name": "Second", "section": "End"}
    ]


def test_each_section_is_cited_once_in_the_order_of_the_facts() -> None:
    cited = [(source["id"], source["section"]) for source in cite(["b", "a", "d", "c"], FACTS, ARTICLES)]
    assert cited == [("second", "End"), ("first", "Start"), ("first", "End")]


def test_no_facts_are_no_sources() -> None:
    assert cite([], FACTS, ARTICLES) == []


def test_an_unknown_fact_cannot_be_cited() -> None:
    with pytest.raises(KeyError):
        cite(["e"], FACTS, ARTICLES)


def test_articles_are_loaded_with_their_sections(tree: ContentTree) -> None:
    tree.write()
    articles = load_articles(tree.root / "data")
    assert {name: article.sections for name, article in articles.items()} == {
        "first": ("Introduction", "Sessions"),
        "second": ("Pain",),
    }


def test_facts_of_all_files_are_loaded_but_not_what_was_left_out(tree: ContentTree) -> None:
    tree.write()
    data = tree.root / "data"
    assert [path.name for path in fact_files(data)] == ["dialogue.yml", "outcomes.yml", "procedure.yml"]
    assert set(load_facts(data)) == {
        "ask-the-professional",
        "wrinkles-fade",
        "not-that-painful",
        "more-intense-later",
    }


def test_what_was_left_out_says_why(tree: ContentTree) -> None:
    tree.write()
    reasons = [claim.reason for claim in load_left_out(tree.root / "data")]
    assert reasons == ["advertising", "too vague to check"]
