"""Sources, positions and basis of an answer, derived from what it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.evidence import Evidence, evidence_of
from tests.core.content_tree import ContentTree

SHEET = {"id": "clinic", "title": "Skin", "section": "Sheet"}


@pytest.fixture
def content(tree: ContentTree) -> Content:
    """The tiny content, in which one fact about pain contradicts another."""
    tree.facts("procedure")[0]["conflicts_with"] = ["more-intense-later"]
    tree.write()
    return load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")


def sides(evidence: Evidence) -> list[tuple[str, list[int]]]:
    """Return the positions as pairs."""
    return [(position["text"], position["sources"]) for position in evidence.positions]


BOTH = [
    ("The claim not-that-painful stands here.", [1]),
    ("The claim more-intense-later stands here.", [2]),
]


@pytest.mark.parametrize(
    "text",
    [
        "It hurts little [not-that-painful].",
        "It hurts little [not-that-painful], then more [more-intense-later].",
    ],
)
def test_both_sides_are_shown_whether_the_text_cites_one_or_both(content: Content, text: str) -> None:
    evidence = evidence_of(text, content)
    assert sides(evidence) == BOTH
    assert [source["id"] for source in evidence.sources] == ["first", "second"]
    assert evidence.as_metadata()["disagreement"] is True


def test_a_contested_fact_in_the_details_counts_too(content: Content) -> None:
    evidence = evidence_of("Ask [wrinkles-fade].", content, details="It hurts little [not-that-painful].")
    assert len(evidence.positions) == 2


def test_what_nobody_contests_shows_no_positions(content: Content) -> None:
    assert "disagreement" not in evidence_of("Later more [more-intense-later].", content).as_metadata()


def test_a_fact_that_is_only_a_neighbour_shows_no_positions(content: Content) -> None:
    evidence = evidence_of("Not covered. Near: [not-that-painful].", content, outcome="not_covered")
    assert evidence.positions == []


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("It fades [wrinkles-fade].", "sources"),
        ("Wait two days [clinic]. It fades [wrinkles-fade].", "clinic"),
        ("It fades [wrinkles-fade]. Wait [clinic].", "sources"),
        ("Hello.", None),
    ],
)
def test_the_basis_is_what_is_cited_first(content: Content, text: str, basis: str | None) -> None:
    own = replace(content, instructions={"clinic": SHEET})
    assert evidence_of(text, own).basis == basis


def test_common_sense_is_marked_in_the_data(content: Content) -> None:
    assert evidence_of("Call a doctor.", content, basis="safety").as_metadata() == {"basis": "safety"}
