"""Block Kit rendering of any answer: within Slack's limits, complete, and in one post if possible."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.slack.blocks.answer import (
    BLOCKS,
    CHARACTERS,
    Post,
    more_posts,
    parts_of,
    posts_of,
    shared_parts_of,
)
from assistant.channels.slack.blocks.buttons import Ids, pressed, value_of
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
    assert post.blocks[1]["elements"][0]["text"] == "[1] _An article &amp; more_, Pain"
    assert post.text == "It *does*."


def test_an_alarm_begins_with_a_header() -> None:
    (post,) = posts({"text": "Call.", "metadata": {"outcome": "urgent"}})
    assert kinds(post) == ["header", "section"]


def notes(post: Post) -> list[str]:
    """The small print, of which there is one block."""
    (block,) = [block for block in post.blocks if block["type"] == "context"]
    return [element["text"] for element in block["elements"]]


def test_disagreement_is_marked() -> None:
    (post,) = posts({"text": "One says so.", "metadata": {"disagreement": True}})
    assert kinds(post) == ["section", "context"]


def many(count: int) -> list[dict[str, str]]:
    """Sources from five articles."""
    return [{"id": f"A{n}", "title": f"Article {n % 5}", "section": f"Part {n}"} for n in range(count)]


def test_sources_are_one_line_with_the_numbers_that_the_text_cites() -> None:
    (post,) = posts({"text": "A day [2].", "metadata": {"sources": many(2)}})
    assert notes(post) == ["[1] _Article 0_, Part 0 · [2] _Article 1_, Part 1"]


def test_many_sources_are_counted_by_article_and_listed_on_demand() -> None:
    message = {"text": "Much [7].", "metadata": {"sources": many(7)}}
    (post,) = posts(message)
    assert notes(post) == ["From 5 articles."]
    assert [e["text"]["text"] for e in elements(post, "button")] == ["Sources"]
    (more,) = more_posts(parts_of([message])[0])
    assert "[7] _Article 1_, Part 6" in more.text


@pytest.mark.parametrize(
    ("basis", "label"),
    [("sources", None), ("clinic", "clinic's own"), ("safety", "Common sense"), ("new", None)],
)
def test_what_an_answer_rests_on_is_a_small_label(basis: str, label: str | None) -> None:
    (post,) = posts({"text": "Yes.", "metadata": {"basis": basis, "sources": SOURCES}})
    assert len(notes(post)) == (1 if label is None else 2)
    assert label is None or label in notes(post)[0]


MORE: dict[str, dict[str, Any]] = {
    "details": {"details": "It **may** take longer [1]."},
    "positions": {"positions": [{"text": "A day", "sources": [1]}, {"text": "Two days", "sources": [2, 3]}]},
}


@pytest.mark.parametrize("name", MORE)
def test_more_is_shown_on_demand_and_not_before(name: str) -> None:
    message = {"text": "A day.", "metadata": {**MORE[name], "sources": many(3)}}
    (post,) = posts(message)
    assert [e["text"]["text"] for e in elements(post, "button")] == ["More"]
    (more,) = more_posts(parts_of([message])[0])
    expected = ["It *may* take longer [1]."] if name == "details" else ["• A day [1]", "• Two days [2][3]"]
    assert all(text in more.text and text not in post.text for text in expected)
    assert "[3] _Article 2_" in more.text


def test_a_shared_answer_has_no_buttons_and_names_its_sources() -> None:
    parts = shared_parts_of([{"text": "Much.", "buttons": buttons(2), "metadata": {"sources": many(7)}}])
    (post,) = posts_of(parts, Ids(PLACE, "1"), None, has_feedback=False)
    assert kinds(post) == ["section", "context"]
    assert "[7]" in notes(post)[0]


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
