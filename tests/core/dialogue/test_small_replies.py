"""Replies that ask nothing and say nothing new."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.dialogue.small_replies import YES_OR_NO, SmallReplies, load_small_replies
from assistant.core.protocol import ACKNOWLEDGE


@pytest.fixture(scope="module")
def replies() -> SmallReplies:
    return load_small_replies(Path("data"))


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "OK!!",
        "ok ok",
        "Ah, I see.",
        "that's great",
        "👍🏽",
        "❤️",
        ":-)",
        "right, got it",
        "okay cool",
        "gotcha",
        "hmm",
        "😅",
        "👍🏿👍🏿",
        ":+1::skin-tone-4:",
        "ok :thumbsup:",
        "lol 😂😂",
        "👌🏼 great",
        "okayyyy",
        "coool",
        "mmmmm",
        "okidoki",
        "just looking",
        "oh no",
        "(y)",
        "ok xD",
        "<3",
    ],
)
def test_a_nod_acknowledges(replies: SmallReplies, text: str) -> None:
    assert replies.kind(text) == ACKNOWLEDGE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("help", "capabilities"),
        ("Menu?", "capabilities"),
        ("ok, restart please", "start_over"),
        ("start over", "start_over"),
        ("Stop.", "stop"),
        ("begin again", "start_over"),
        ("go back", "capabilities"),
        ("what can you do?", "capabilities"),
        (":wave::skin-tone-5:", "greet"),
        ("👋🏾", "greet"),
    ],
)
def test_an_order_has_its_intent(replies: SmallReplies, text: str, intent: str) -> None:
    assert replies.kind(text) == intent


@pytest.mark.parametrize("text", ["does it help", "stop retinol", "it won't stop", "help my face burns"])
def test_a_word_of_an_order_in_a_sentence_is_none(replies: SmallReplies, text: str) -> None:
    assert replies.kind(text) is None


@pytest.mark.parametrize("text", ["yes", "No.", "oh, yes", "ok yes", "no no", "well, maybe", "yes please"])
def test_a_yes_or_no_is_one_beside_a_nod_too(replies: SmallReplies, text: str) -> None:
    assert replies.kind(text) == YES_OR_NO


@pytest.mark.parametrize(
    "text",
    ["", "...", "ok?", "sure?", "really", "ok thanks", "ok why", "great, and my neck", "no make-up", "good for scars",
     "😢 it burns"],
)  # fmt: skip
def test_what_says_or_asks_more_is_none(replies: SmallReplies, text: str) -> None:
    assert replies.kind(text) is None
