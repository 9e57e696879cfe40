"""Block Kit rendering of any answer: within Slack's limits, complete, and in one post if possible."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.slack.blocks.answer import parts_of
from assistant.channels.slack.blocks.buttons import pressed, value_of
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.posts import BLOCKS, CHARACTERS, Post, posts_of
from assistant.server.storage.slack_ids import ConversationRef

PLACE = ConversationRef("T1", "U1", "thread", "C1", "1700000000.000100")
SOURCES = [{"id": "A1", "title": "An article & more", "section": "Pain"}]


def posts(*messages: dict[str, Any]) -> list[Post]:
    return posts_of(parts_of(messages), Ids(PLACE, "1700000000.000200"), None)


def kinds(post: Post) -> list[str]:
    return [block["type"] for block in post.blocks]


def elements(post: Post, kind: str) -> list[dict[str, Any]]:
    return [e for b in post.blocks for e in b.get("elements", []) if e["type"] == kind]


def buttons(count: int) -> list[dict[str, str]]:
    return [{"title": f"Topic {n}", "payload": f"/topic_{n}"} for n in range(count)]


def test_an_answer_shows_its_sources_and_asks_whether_it_helped() -> None:
    (post,) = posts({"text": "It **does**.", "metadata": {"outcome": "answered", "sources": SOURCES}})
    assert kinds(post) == ["section", "context", "context_actions"]
    assert post.blocks[0]["text"]["text"] == "It *does*."
    assert "_An article &amp; more_, Pain" in post.blocks[1]["elements"][0]["text"]
    assert post.text == "It *does*."


def test_an_alarm_begins_with_a_header() -> None:
    (post,) = posts({"text": "Call.", "metadata": {"outcome": "urgent"}})
    assert kinds(post) == ["header", "section"]


def test_disagreement_is_marked() -> None:
    (post,) = posts({"text": "One says so.", "metadata": {"disagreement": True}})
    assert kinds(post) == ["section", "context"]


def test_two_answers_are_one_post() -> None:
    (post,) = posts({"text": "One."}, {"text": "Two."})
    assert kinds(post) == ["section", "divider", "section"]
    assert post.text == "One.\n\nTwo."


def test_many_buttons_are_two_rows_and_then_a_select() -> None:
    (post,) = posts({"text": "Which?", "buttons": buttons(14)})
    rows = [b["elements"] for b in post.blocks if b["type"] == "actions"]
    assert [len(row) for row in rows] == [5, 5, 1]
    assert len(rows[2][0]["options"]) == 4
    actions = [e["action_id"] for row in rows for e in row]
    assert len(set(actions)) == len(actions)


@given(count=st.integers(0, 250), length=st.integers(1, 400))
@settings(max_examples=25, deadline=None)
def test_every_button_can_be_pressed_however_many_and_however_long(count: int, length: int) -> None:
    offered = [{"title": f"{n}" * length, "payload": f"/{n}" + "x" * length} for n in range(count)]
    shown = posts({"text": "Which?", "buttons": offered})
    values = [e["value"] for post in shown for e in elements(post, "button")]
    values += [o["value"] for post in shown for e in elements(post, "static_select") for o in e["options"]]
    assert [pressed(value, offered) for value in values] == offered


def test_a_value_that_was_never_offered_presses_nothing() -> None:
    assert pressed("/secret", buttons(3)) is None
    assert pressed(value_of("x" * 500), buttons(3)) is None


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=9000), min_size=1, max_size=4)
)
@settings(max_examples=40, deadline=None)
def test_any_text_fits_and_none_of_it_is_dropped(texts: list[str]) -> None:
    shown = posts(*({"text": text} for text in texts))
    written = "".join(b["text"]["text"] for post in shown for b in post.blocks if b["type"] == "section")
    for text in texts:
        letters = [sign for sign in text if sign.isalnum()]
        assert set(letters) <= set(written)
    for post in shown:
        assert 0 < len(post.blocks) <= BLOCKS
        assert len(post.text) <= 4000
        assert sum(len(json.dumps(b, ensure_ascii=False)) for b in post.blocks) < 2 * CHARACTERS
        assert all(len(b["text"]["text"]) <= 3000 for b in post.blocks if b["type"] == "section")
