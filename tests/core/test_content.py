"""Everything that answers are made of."""

from __future__ import annotations

import pytest

from assistant.core.content.content import load_content
from assistant.core.content.issues import ContentError
from tests.core.content_tree import ContentTree


def test_content_is_loaded_once_and_whole(tree: ContentTree) -> None:
    tree.files["clinic/settings.yml"]["clinic"]["name"] = "Ana Ruiz"
    tree.write()
    content = load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")
    assert (len(content.topics), len(content.articles), len(content.facts)) == (6, 2, 4)
    assert content.placeholders["clinic_contact"] == "Call Ana Ruiz."
    assert content.notice == "General information, not medical advice."


def test_a_file_that_is_wrong_stops_it(tree: ContentTree) -> None:
    tree.files["data/articles.yml"] = "articles"
    tree.write()
    with pytest.raises(ContentError, match=r"articles\.yml: has no list under 'articles'"):
        load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")
