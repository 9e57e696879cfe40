"""The words for entities."""

from __future__ import annotations

from assistant.core.content.lexicon import load_lexicon
from tests.core.content_tree import ContentTree


def test_the_entity_is_the_name_of_the_file(tree: ContentTree) -> None:
    tree.write()
    lexicon = load_lexicon(tree.root / "data")
    assert {entity: list(entries) for entity, entries in lexicon.items()} == {
        "concern": ["wrinkles", "eczema"],
        "symptom": ["redness", "itching"],
    }


def test_an_entry_knows_its_words_and_whether_the_articles_mention_it(tree: ContentTree) -> None:
    tree.write()
    concerns = load_lexicon(tree.root / "data")["concern"]
    assert concerns["wrinkles"].terms == ("wrinkles", "some wrinkles")
    assert (concerns["wrinkles"].covered, concerns["eczema"].covered) == (True, False)
