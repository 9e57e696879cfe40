"""Messages that request deletion, and similar ones that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.yaml_files import read_yaml
from assistant.core.dialogue.deletion_requests import load_deletion_words
from tests.servers import ROOT

MESSAGES: dict[str, list[str]] = read_yaml(Path(__file__).with_name("deletion_requests.yml"))
WORDS = load_deletion_words(ROOT / "data")


@pytest.mark.parametrize("text", MESSAGES["orders"])
def test_an_order_takes_effect(text: str) -> None:
    assert WORDS.is_order(text)


@pytest.mark.parametrize("text", MESSAGES["unclear"] + MESSAGES["others"])
def test_anything_else_deletes_nothing(text: str) -> None:
    assert not WORDS.is_order(text)


@pytest.mark.parametrize("text", ["", " ", "🙂", "\u2060/delete", "delete " * 500, "'", "my data"])
def test_odd_messages_delete_nothing(text: str) -> None:
    assert not WORDS.is_order(text)
