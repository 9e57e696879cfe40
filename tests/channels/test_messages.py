"""Messages over HTTP: answers, buttons, repeated ids, history, deletion."""

from __future__ import annotations

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Any

import pytest

from assistant.server.admin import commands
from assistant.server.storage.tracker_store import ConversationStore
from tests.server.test_tracker_store import DOMAIN
from tests.servers import MESSAGES, RunningAssistant, Visitor, is_problem

PAIN: dict[str, Any] = {
    "text": "It **feels** like scratching.\n\n- one\n- two",
    "metadata": {
        "topic": "pain",
        "outcome": "answered",
        "disagreement": True,
        "sources": [{"id": "A1", "title": "An article", "section": "Pain"}],
    },
}


def spoken(visitor: Visitor) -> list[tuple[str, str]]:
    return [(message["role"], message["text"]) for message in visitor.history()]


def test_an_answer_comes_whole_with_its_metadata(visitor: Visitor) -> None:
    answer = visitor.send(text="does it hurt")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"messages": [PAIN]}


def test_buttons_come_with_title_and_payload(visitor: Visitor) -> None:
    (message,) = visitor.say("show me options")
    assert message["buttons"] == [
        {"title": "Does it hurt?", "payload": "/pain"},
        {"title": "With a condition", "payload": '/pain{"condition": "acne"}'},
    ]


def test_text_may_be_anything_that_people_write(visitor: Visitor) -> None:
    for text in (
        "😀😀",
        "¿duele?",
        "هل يؤلم",
        "痛いですか",
        "<script>alert(1)</script>",
        "'; DROP TABLE events; --",
    ):
        assert visitor.say(text)[0]["metadata"]["outcome"] == "out_of_scope"
    assert [text for role, text in spoken(visitor) if role == "user"][-1] == "'; DROP TABLE events; --"


def test_line_ends_of_any_kind_are_fine(visitor: Visitor) -> None:
    visitor.say("first\r\nsecond\n\tthird")
    assert spoken(visitor)[0] == ("user", "first\nsecond\n\tthird")


def test_a_thousand_characters_are_fine_whatever_is_around_them(visitor: Visitor) -> None:
    assert visitor.send(text="  " + "x" * 1000 + " \n").status_code == 200


# --- Commands of Rasa are text for everybody else


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        "/back",
        "/pain",
        '/who_should_avoid{"condition":"x"}',
        '/pain{"condition": "acne"}',
        "  /restart",
        "\u2060/restart",
        "/",
        "//",
        "EXTERNAL: pain",
    ],
)
def test_typed_commands_are_just_text(visitor: Visitor, text: str) -> None:
    visitor.say("does it hurt")
    assert visitor.say(text)[0]["metadata"]["outcome"] == "out_of_scope"
    assert len(visitor.history()) == 4
    assert spoken(visitor)[2] == ("user", text.strip().lstrip("\u2060"))


# --- Payloads


def test_a_button_that_was_offered_can_be_pressed(visitor: Visitor) -> None:
    visitor.say("show me options")
    pressed = visitor.send(payload='/pain{"condition": "acne"}')
    assert pressed.json() == {"messages": [PAIN]}
    assert spoken(visitor)[2] == ("user", "With a condition")


def test_a_button_stays_good_for_the_whole_conversation(visitor: Visitor) -> None:
    visitor.say("show me options")
    visitor.say("something else")
    assert visitor.send(payload="/pain").status_code == 200


@pytest.mark.parametrize(
    "payload",
    [
        "/pain",
        "/restart",
        "/PAIN",
        "/pain ",
        " /pain",
        '/pain{"condition":"acne"}',
        "pain",
        "%",
        "_pain",
        "\x00",
        "/timeline",
        '/timeline{"treated_at": "yesterday"}',
        '/timeline{"treated_at": "2026-02-30T15:00"}',
        '/timeline{"treated_at": "2026-11-29T15:00", "concern": "acne"}',
        '/timeline{"treatment": {"at": "2026-11-29T15:00+01:00"}}',
    ],
)
def test_a_payload_that_this_conversation_was_never_offered_is_refused(
    standin: RunningAssistant, payload: str
) -> None:
    somebody_else, visitor = standin.visitor(), standin.visitor()
    somebody_else.say("show me options")
    if payload != "/pain":
        visitor.say("show me options")
    before = visitor.history()
    assert is_problem(visitor.send(payload=payload), 403)
    assert visitor.history() == before


def test_a_payload_that_only_the_visitor_wrote_is_refused(visitor: Visitor) -> None:
    visitor.say('"payload": "/pain" /pain')
    assert is_problem(visitor.send(payload="/pain"), 403)


# --- The same message again


def test_the_same_id_gets_the_same_answer_and_counts_once(visitor: Visitor) -> None:
    first = visitor.send(id="one", text="does it hurt").json()
    visitor.say("show me options")
    assert visitor.send(id="one", text="does it hurt").json() == first
    assert len(visitor.history()) == 4


def test_the_same_id_with_another_text_gets_the_first_answer(visitor: Visitor) -> None:
    first = visitor.send(id="one", text="does it hurt").json()
    assert visitor.send(id="one", text="show me options").json() == first


def test_the_same_id_in_another_conversation_is_another_message(standin: RunningAssistant) -> None:
    one, two = standin.visitor(), standin.visitor()
    one.say("does it hurt", id="shared")
    assert two.say("show me options", id="shared")[0]["metadata"]["outcome"] == "clarify"


def test_ids_that_look_alike_are_different(visitor: Visitor) -> None:
    for message_id in ("a", "A", "aa", "%", "_", '"a"', "a\\", 'a", "message_id": "b'):
        visitor.say("does it hurt", id=message_id)
    visitor.say("does it hurt", id="b")
    assert len(visitor.history()) == 18


@pytest.mark.parametrize("text", ["does it hurt", "slowly", "explode", "be silent"])
def test_two_requests_with_the_same_id_at_the_same_moment_count_once(visitor: Visitor, text: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: visitor.send(id="one", text=text), range(6)))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.text for answer in answers}) == 1
    assert len(visitor.history()) == 2


def test_messages_of_one_conversation_are_answered_one_after_the_other(visitor: Visitor) -> None:
    texts = ["does it hurt", "show me options", "slowly", "painful", "choose"] * 2
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(visitor.say, texts))
    assert [role for role, _ in spoken(visitor)] == ["user", "assistant"] * 10


# --- History


def test_the_history_tells_who_said_what_and_when(visitor: Visitor) -> None:
    visitor.say("does it hurt", id="one")
    user, assistant = visitor.history()
    assert {key: user[key] for key in ("role", "id", "text")} == {
        "role": "user",
        "id": "one",
        "text": "does it hurt",
    }
    assert {key: assistant[key] for key in ("role", *PAIN)} == {"role": "assistant", **PAIN}
    for message in (user, assistant):
        at = datetime.fromisoformat(message["at"].replace("Z", "+00:00"))
        assert abs((datetime.now(timezone.utc) - at).total_seconds()) < 60


def test_the_history_shows_the_buttons_again(visitor: Visitor) -> None:
    (message,) = visitor.say("show me options")
    assert visitor.history()[1]["buttons"] == message["buttons"]


# --- Erasing


def test_after_erasing_the_token_is_worth_nothing(visitor: Visitor) -> None:
    visitor.say("does it hurt")
    erased = visitor.erase()
    assert (erased.status_code, erased.content) == (204, b"")
    assert is_problem(visitor.http.get(MESSAGES), 401)
    assert is_problem(visitor.send(text="does it hurt"), 401)
    assert is_problem(visitor.erase(), 401)


def test_an_erased_token_comes_before_what_is_wrong_with_the_body(visitor: Visitor) -> None:
    visitor.erase()
    assert is_problem(visitor.send_raw(b"rubbish"), 401)
    assert is_problem(visitor.send(text="x" * 1001), 401)
    assert is_problem(visitor.http.post("/webhooks/website/feedback", content=b"rubbish"), 401)


def test_a_conversation_without_a_message_can_be_erased(visitor: Visitor) -> None:
    assert visitor.erase().status_code == 204
    assert is_problem(visitor.http.get(MESSAGES), 401)


def test_nothing_of_an_erased_conversation_is_left_in_storage(standin: RunningAssistant) -> None:
    erased, kept = standin.visitor(), standin.visitor()
    erased.say("my secret is MARMALADE-GOES")
    kept.say("my secret is MARMALADE-STAYS")
    erased.erase()
    stored = b"".join(path.read_bytes() for path in standin.state_dir.iterdir())
    assert b"MARMALADE-GOES" not in stored
    assert b"MARMALADE-STAYS" in stored
    assert len(kept.history()) == 2


def test_a_message_under_way_does_not_bring_an_erased_conversation_back(visitor: Visitor) -> None:
    with ThreadPoolExecutor(8) as pool:
        talking = [pool.submit(visitor.send, text="slowly") for _ in range(6)]
        erasing = pool.submit(visitor.erase)
    assert erasing.result().status_code == 204
    assert {answer.result().status_code for answer in talking} <= {200, 401}
    assert is_problem(visitor.http.get(MESSAGES), 401)


def test_what_the_operator_erases_stays_erased_while_a_message_is_under_way(
    standin: RunningAssistant,
) -> None:
    visitor = standin.visitor()
    visitor.say("does it hurt MARMALADE-BEFORE")
    store = ConversationStore(DOMAIN, db=str(standin.state_dir / "conversations.db"))
    (conversation,) = store.conversations(conversation_of(visitor))
    with ThreadPoolExecutor(1) as pool:
        talking = pool.submit(visitor.send, text="slowly MARMALADE-LATE")
        time.sleep(0.1)  # it is worked on for longer
        assert commands.erase_person(store, conversation) == 1
    assert talking.result().status_code in (200, 401)
    stored = b"".join(path.read_bytes() for path in standin.state_dir.iterdir())
    assert b"MARMALADE-BEFORE" not in stored
    assert b"MARMALADE-LATE" not in stored
    store.engine.dispose()


def conversation_of(visitor: Visitor) -> str:
    """The id in the token."""
    claim = visitor.token.partition(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(claim + "=" * (-len(claim) % 4))))


# --- Time zones


@pytest.mark.parametrize("timezone_name", ["Europe/Madrid", "Mars/Olympus", "", "../../etc/passwd", "\x00"])
def test_an_unknown_time_zone_is_no_error(visitor: Visitor, timezone_name: str) -> None:
    assert visitor.send(text="does it hurt", timezone=timezone_name).status_code == 200
