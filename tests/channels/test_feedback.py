"""Feedback: only on existing answers, the last rating counts, deleted with the conversation."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import httpx
import pytest

from tests.servers import RunningAssistant, Visitor, is_problem

FEEDBACK = "/webhooks/website/feedback"


def rate(visitor: Visitor, **body: Any) -> httpx.Response:
    content = json.dumps(
        {"id": "m1", "part": 0, "helpful": True, **body}
    )  # httpx's own can't write half a pair
    return visitor.http.post(FEEDBACK, content=content, headers={"Content-Type": "application/json"})


def kept(server: RunningAssistant) -> list[tuple[Any, ...]]:
    """Everything in the table."""
    with sqlite3.connect(server.state_dir / "conversations.db") as database:
        return database.execute("SELECT message_id, part, helpful, comment FROM feedback").fetchall()


@pytest.fixture
def answered(visitor: Visitor) -> Visitor:
    """Somebody whose message "m1" was answered."""
    assert visitor.send(id="m1", text="hello").status_code == 200
    return visitor


def test_a_thumb_is_kept_and_the_history_shows_it(answered: Visitor) -> None:
    assert rate(answered).status_code == 204
    user, assistant, *_ = answered.history()
    assert "helpful" not in user
    assert assistant["helpful"] is True


def test_a_second_one_replaces_the_first(standin: RunningAssistant, answered: Visitor) -> None:
    before = len(kept(standin))
    rate(answered)
    rate(answered, helpful=False, comment="  a price\n")
    assert len(kept(standin)) == before + 1
    assert ("m1", 0, 0, "a price") in kept(standin)
    assert answered.history()[1]["helpful"] is False


def test_it_is_erased_with_the_conversation(standin: RunningAssistant, answered: Visitor) -> None:
    rate(answered, comment="gone-with-the-rest")
    answered.erase()
    assert not any("gone-with-the-rest" in str(row) for row in kept(standin))
    assert is_problem(rate(answered), 401)


@pytest.mark.parametrize("body", [{"id": "another"}, {"part": 7}])
def test_what_was_never_said_cant_be_rated(answered: Visitor, body: dict[str, Any]) -> None:
    assert is_problem(rate(answered, **body), 404)


def test_nobody_can_rate_another_ones_answer(standin: RunningAssistant, answered: Visitor) -> None:
    assert is_problem(rate(standin.visitor()), 404)


@pytest.mark.parametrize(
    "body",
    [
        {"id": ""},
        {"id": 1},
        {"id": "é"},
        {"part": -1},
        {"part": "0"},
        {"part": True},
        {"helpful": "yes"},
        {"helpful": None},
        {"comment": "x" * 281},
        {"comment": "\x00"},
        {"comment": "\ud800"},
        {"more": 1},
    ],
)
def test_a_wrong_body_is_refused(answered: Visitor, body: dict[str, Any]) -> None:
    assert is_problem(rate(answered, **body), 400)


def test_a_missing_token_or_content_type_is_refused(standin: RunningAssistant, answered: Visitor) -> None:
    assert is_problem(httpx.post(standin.base_url + FEEDBACK, json={}), 401)
    assert is_problem(answered.http.post(FEEDBACK, content=b"x", headers={"Content-Type": "text/plain"}), 415)


def test_a_comment_never_reaches_the_log(standin: RunningAssistant, answered: Visitor) -> None:
    rate(answered, helpful=False, comment="my-secret-comment")
    assert "my-secret-comment" not in standin.output()
