"""A message with several questions: all are answered, and the history keeps one message."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.server.messages import apology
from tests.servers import RunningAssistant, Visitor, is_problem

TWO = "does it hurt & show me options"


def topics(messages: list[dict[str, object]]) -> list[object]:
    return [message["metadata"]["outcome"] for message in messages]  # type: ignore[index]


def test_each_question_gets_its_answer_in_order(visitor: Visitor) -> None:
    assert topics(visitor.say(TWO)) == ["answered", "clarify"]


def test_the_history_has_the_message_once_and_in_full(visitor: Visitor) -> None:
    visitor.say(TWO)
    visitor.say("does it hurt")
    history = visitor.history()
    assert [message["role"] for message in history] == ["user", "assistant", "assistant", "user", "assistant"]
    assert history[0]["text"] == TWO


def test_the_same_id_again_gets_all_the_answers_and_counts_once(visitor: Visitor) -> None:
    assert visitor.say(TWO, id="one") == visitor.say(TWO, id="one")
    assert len(visitor.history()) == 3


def test_buttons_of_every_answer_can_be_pressed(visitor: Visitor) -> None:
    visitor.say(TWO)
    assert topics(visitor.send(payload="/pain").json()["messages"]) == ["answered"]


def test_a_question_that_fails_leaves_the_others_their_answers(visitor: Visitor) -> None:
    answer = visitor.say("be silent & does it hurt", id="one")
    assert answer[0] == apology()
    assert topics(answer) == ["error", "answered"]
    assert visitor.say("be silent & does it hurt", id="one") == answer


def test_a_crash_between_two_answers_neither_loses_nor_doubles_one(
    stub_project: Path, tmp_path: Path
) -> None:
    server = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "server.log")
    try:
        visitor = server.visitor()
        with closing(sqlite3.connect(server.state_dir / "conversations.db")) as database:
            database.execute(
                "CREATE TRIGGER second BEFORE INSERT ON events WHEN NEW.data LIKE '%What do you mean%' "
                "BEGIN SELECT RAISE(FAIL, 'crash'); END"
            )
            assert is_problem(visitor.send(text=TWO, id="one"), 503)
            assert visitor.history() == []
            database.execute("DROP TRIGGER second")
        assert topics(visitor.say(TWO, id="one")) == ["answered", "clarify"]
        assert len(visitor.history()) == 3
    finally:
        server.stop()
