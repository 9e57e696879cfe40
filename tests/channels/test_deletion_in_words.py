"""Writing "delete my data" deletes everything at once; the conversation can go on."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from secrets import token_hex

import pytest

from tests.servers import SESSION, RunningAssistant, Visitor, is_problem

ORDER = "Please delete my data."


def files_of(server: RunningAssistant) -> bytes:
    return b"".join(path.read_bytes() for path in server.state_dir.glob("conversations.db*"))


def test_it_is_gone_from_storage_when_the_answer_comes(standin: RunningAssistant) -> None:
    visitor, word = standin.visitor(), token_hex(8)  # others write to the same server
    visitor.say(f"does it hurt, {word}")
    assert word.encode() in files_of(standin)
    (answer,) = visitor.say(ORDER)
    assert "deleted" in answer["text"]
    assert answer["metadata"]["erased"] is True
    assert word.encode() not in files_of(standin)
    assert visitor.history() == []


def test_while_another_program_reads_it_is_gone_soon_afterwards(standin: RunningAssistant) -> None:
    visitor, word = standin.visitor(), token_hex(8)
    visitor.say(f"does it hurt, {word}")
    with closing(sqlite3.connect(standin.state_dir / "conversations.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        assert visitor.erase().status_code == 204
    until = time.monotonic() + 30
    while word.encode() in files_of(standin) and time.monotonic() < until:
        time.sleep(0.2)
    assert word.encode() not in files_of(standin)


def test_nothing_is_kept_of_the_order_itself(visitor: Visitor) -> None:
    visitor.say(ORDER)
    export = visitor.http.get(f"{SESSION}/export").json()
    assert ORDER not in str(export)
    assert visitor.history() == []


def test_the_talk_goes_on_with_the_same_token_and_from_nothing(visitor: Visitor) -> None:
    visitor.say("does it hurt")
    visitor.say(ORDER)
    visitor.say("does it hurt")
    assert [said["text"] for said in visitor.history() if said["role"] == "user"] == ["does it hurt"]


def test_an_order_whose_answer_was_lost_can_be_sent_again(visitor: Visitor) -> None:
    visitor.say("does it hurt")
    first = visitor.send(id="same", text=ORDER)
    again = visitor.send(id="same", text=ORDER)
    assert first.json() == again.json()
    assert visitor.history() == []


def test_nobody_elses_conversation_is_touched(standin: RunningAssistant) -> None:
    anna, ben = standin.visitor(), standin.visitor()
    ben.say("does it hurt")
    anna.say(ORDER)
    assert len(ben.history()) == 2


@pytest.mark.parametrize(
    "text", ["how do i delete my data", "don't delete my data", "delete my data if i ask"]
)
def test_what_is_no_order_deletes_nothing(visitor: Visitor, text: str) -> None:
    visitor.say("does it hurt")
    visitor.say(text)
    assert [said["text"] for said in visitor.history() if said["role"] == "user"] == ["does it hurt", text]


def calendar_of(visitor: Visitor, told: str) -> str:
    """Return the path of the timeline's calendar file."""
    (answer,) = visitor.say(told)
    return str(answer["custom"]["calendar_url"])


def test_links_to_the_calendar_of_before_are_worth_nothing_when_another_date_is_told(
    assistant: RunningAssistant,
) -> None:
    visitor = assistant.visitor()
    before = calendar_of(visitor, "I was treated yesterday at 3 pm")
    assert visitor.http.get(before).status_code == 200
    visitor.say(ORDER)
    after = calendar_of(visitor, "I was treated 2 days ago at 4 pm")
    assert is_problem(visitor.http.get(before), 404)
    assert visitor.http.get(after).status_code == 200
