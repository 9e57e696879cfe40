"""Answers to questions that were not understood."""

from __future__ import annotations

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.clarification import closest, still_unclear
from tests.core.content_tree import ContentTree


@pytest.fixture
def content(tree: ContentTree) -> Content:
    """The tiny content."""
    tree.write()
    return load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")


def test_the_closest_facts_are_marked_as_such_and_cited(content: Content) -> None:
    message = closest(["wrinkles-fade"], content)
    assert message is not None
    assert message["text"].startswith("The closest thing in the articles:")
    assert message["metadata"]["outcome"] == "not_covered"
    assert message["metadata"]["sources"]


def test_without_a_fact_nearby_there_is_nothing_closest(content: Content) -> None:
    assert closest([], content) is None
    assert closest(["a fact of an older model"], content) is None


def test_a_second_failure_offers_a_person_and_never_asks_again(content: Content) -> None:
    message = still_unclear(["wrinkles-fade"], content)
    assert (message["metadata"]["topic"], message["metadata"]["outcome"]) == ("human", "handoff")
    assert message["text"].startswith("Ask a person.")
