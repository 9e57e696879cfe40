"""Personal data is deleted by retention and on request, and can be exported."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.server.admin.commands import COMMANDS, RefusedError
from assistant.server.observability.turn_log import short_hash
from assistant.server.storage.retention import delete_older
from assistant.server.storage.tables import EVENTS, PROCESSED
from assistant.server.storage.tracker_store import ConversationStore
from tests.server.test_tracker_store import DOMAIN, live_through, turn
from tests.servers import ROOT, RunningAssistant, Visitor, is_problem

EXPORT = "/webhooks/website/session/export"
DAY = 86_400.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    yield store
    store.engine.dispose()


def let_pass(store: ConversationStore, days: float) -> None:
    """Makes everything older."""
    with store.engine.begin() as connection:
        for table in (EVENTS, PROCESSED):
            connection.execute(sa.update(table).values(timestamp=table.c.timestamp - days * DAY))


def run(store: ConversationStore, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = str(Path(str(store.engine.url.database)).parent)
    env = {"STATE_DIR": folder, "PYTHONPATH": str(ROOT), "PATH": ""}
    command = [sys.executable, "-m", "assistant.server.admin", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True)


async def test_what_is_too_old_is_gone_from_the_file_and_the_rest_stays(
    store: ConversationStore, tmp_path: Path
) -> None:
    await live_through(store, "website-old", [turn(1, "MARMALADE")])
    let_pass(store, 30.1)
    await live_through(store, "website-old", [turn(2, "honey")])
    assert delete_older(store, 30) > 0
    assert [event.get("message_id") for event in store.said("website-old") if event["event"] == "user"] == [
        "m2"
    ]
    assert not store.has_processed("website-old", "m1")
    assert not any(b"MARMALADE" in path.read_bytes() for path in tmp_path.iterdir())
    assert delete_older(store, 30) == 0


async def test_forgetting_works_beside_visitors_in_a_thread_of_its_own(store: ConversationStore) -> None:
    await live_through(store, "website-old", [turn(1)])
    let_pass(store, 31)
    assert await asyncio.to_thread(delete_older, store, 30) > 0
    assert store.kept() == []


async def test_many_rows_are_forgotten_too(store: ConversationStore) -> None:
    row = {
        "sender_id": "website-many",
        "type_name": "user",
        "timestamp": time.time() - 31 * DAY,
        "data": "{}",
    }
    with store.engine.begin() as connection:
        connection.execute(EVENTS.insert(), [row] * 4001)
    assert delete_older(store, 30) == 4001


async def test_the_operator_erases_a_person_by_id_or_by_the_hash_in_the_log(store: ConversationStore) -> None:
    of_slack = ("slack-T1-C1-U0ANNA", "slack-T1-D1-U0ANNA", "slack-T1-C1-U0BERTA")
    for conversation in ("website-one", "website-two", *of_slack):
        await live_through(store, conversation, [turn(1)])
    for given in ("website-one", short_hash("website-two"), "U0ANNA"):
        done = run(store, "erase", given)
        assert done.returncode == 0, done.stderr
    assert store.kept() == ["slack-T1-C1-U0BERTA"]
    assert store.is_erased("website-one")


async def test_the_operator_is_told_when_there_is_nobody(store: ConversationStore) -> None:
    done = run(store, "erase", "nobody")
    assert done.returncode == 1
    assert "Nothing is kept under nobody" in done.stderr


async def test_the_operator_exports_what_is_kept(store: ConversationStore) -> None:
    await live_through(store, "website-one", [turn(1, "does it hurt")])
    exported = json.loads(run(store, "export", "website-one").stdout)
    assert [message["text"] for message in exported["website-one"]["messages"]] == [
        "does it hurt",
        "It does.",
    ]
    assert len(exported["website-one"]["events"]) == 5


def test_a_person_takes_their_own_conversation_along(visitor: Visitor, standin: RunningAssistant) -> None:
    visitor.say("does it hurt", id="a")
    thumb = {"id": "a", "part": 0, "helpful": False, "comment": "too short"}
    assert visitor.http.post("/webhooks/website/feedback", json=thumb).status_code == 204
    answer = visitor.http.get(EXPORT)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="conversation.json"'
    thumbless = [{k: v for k, v in message.items() if k != "helpful"} for message in visitor.history()]
    assert answer.json()["messages"] == thumbless
    assert [kept["comment"] for kept in answer.json()["feedback"]] == ["too short"]
    assert {"user", "bot"} <= {event["event"] for event in answer.json()["events"]}
    assert is_problem(standin.visitor().http.get(EXPORT, headers={"Authorization": "Bearer x"}), 401)


@pytest.mark.parametrize(
    "given", ["x$(reboot)", "a b c d", "\x1b[31mred", "", "ab", "../../session.key", "ä" * 9]
)
@pytest.mark.parametrize("command", ["erase", "export"])
def test_what_is_no_id_is_refused_and_not_repeated(
    store: ConversationStore, command: str, given: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        COMMANDS[command](store, given, {"no_id": "That is no id."})
    assert str(refusal.value) == "That is no id."
