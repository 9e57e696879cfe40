"""Citations by id in the data, and by number in what people read."""

from __future__ import annotations

import pytest

from assistant.core.content.articles import Article, Fact
from assistant.core.content.citations import (
    Bibliography,
    cited_facts,
    cited_ids,
    with_targets,
    without_citations,
)

ARTICLES = {
    name: Article(id=name, title=name, name=name, file=f"{name}.txt", sections=("Start", "End"))
    for name in ("one", "two")
}
FACTS = {
    name: Fact(id=name, statement=f"Claim {name}.", article=article, section=section, line=3, topic="pain")
    for name, article, section in (
        ("redness-24", "one", "Start"),
        ("redness", "one", "Start"),
        ("flaking", "one", "End"),
        ("ice", "two", "Start"),
    )
}
CLINIC = {"id": "clinic", "title": "Skin", "section": "Sheet"}


@pytest.fixture
def cited() -> Bibliography:
    """A bibliography without a source yet."""
    return Bibliography(FACTS, ARTICLES, {"clinic": CLINIC})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It fades [redness].", "It fades [1]."),
        ("It fades [redness]. No ice [ice].", "It fades [1]. No ice [2]."),
        ("No ice [ice, redness].", "No ice [1][2]."),
        ("It fades [redness, redness-24].", "It fades [1]."),
        ("It fades [redness] [redness-24][flaking].", "It fades [1][2]."),
        ("It fades [ redness ,ice ].", "It fades [1][2]."),
        ("Don't share it [safety].", "Don't share it."),
        ("Don't share it [safety, redness].", "Don't share it [1]."),
        ("Wait [clinic]. No ice [ice].", "Wait [1]. No ice [2]."),
        ("See [our page](https://clinic.example).", "See [our page](https://clinic.example)."),
        ("- calm [redness]\n- cool [ice]", "- calm [1]\n- cool [2]"),
        ("Nothing.", "Nothing."),
    ],
)
def test_ids_become_the_numbers_of_the_sources(cited: Bibliography, text: str, read: str) -> None:
    assert cited.render(text) == read


def test_sources_stand_in_the_order_of_their_first_citation(cited: Bibliography) -> None:
    cited.render("a [ice] b [redness] c [ice, flaking]")
    assert [(source["id"], source["section"]) for source in cited.sources] == [
        ("two", "Start"),
        ("one", "Start"),
        ("one", "End"),
    ]


def test_a_source_says_what_is_taken_from_it_once(cited: Bibliography) -> None:
    cited.render("a [redness] b [redness-24] c [redness] d [clinic]")
    assert [source.get("extract") for source in cited.sources] == ["Claim redness. Claim redness-24.", None]


def test_a_fact_that_does_not_exist_cannot_be_cited(cited: Bibliography) -> None:
    with pytest.raises(KeyError):
        cited.render("a [nobody-said-so]")


def test_the_clinic_and_the_mark_of_common_sense_are_no_facts() -> None:
    texts = ("a [clinic] b [ice, safety]", "c [redness, ice]", None)
    assert cited_ids(*texts) == ("clinic", "ice", "redness")
    assert cited_facts(*texts) == ("ice", "redness")


def test_a_text_is_read_aloud_without_citations() -> None:
    assert without_citations("It fades [redness]. No ice [ice] [flaking]!") == "It fades. No ice!"


def test_citations_lead_to_other_targets_once_each() -> None:
    text = "a [redness, redness-24, ice]."
    assert with_targets(text, {"redness": "clinic", "redness-24": "clinic"}) == "a [clinic, ice]."
