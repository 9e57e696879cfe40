"""The tracker store behaves as Rasa's own, and supports search and deletion."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from assistant.server.storage.tracker_store import ConversationStore

DOMAIN = Domain.from_yaml("slots: {condition: {type: text, mappings: [{type: custom}]}}")
SOON = datetime.now(timezone.utc) + timedelta(days=1)
ONE = "website-one"


def url(folder: Path, name: str) -> str:
    return f"sqlite:///{folder}/{name}.db"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(domain=DOMAIN, host=url(tmp_path, "ours"))
    yield store
    store.engine.dispose()


@pytest.fixture
def rasas(tmp_path: Path) -> SQLTrackerStore:
    return SQLTrackerStore(domain=DOMAIN, host=url(tmp_path, "rasas"))


def turn(n: int, text: str = "does it hurt") -> list[Event]:
    parsed: dict[str, Any] = {"intent": {"name": "pain", "confidence": 0.9}, "entities": [], "text": text}
    return [
        UserUttered(text, parsed["intent"], [], parsed, message_id=f"m{n}", input_channel="website"),
        SlotSet("condition", f"acne {n}"),
        ActionExecuted("utter_pain", "RulePolicy", 1.0),
        BotUttered(
            "It does.", {"buttons": [{"title": "Yes", "payload": "/yes"}]}, {"metadata": {"topic": "pain"}}
        ),
        ActionExecuted("action_listen"),
    ]


SESSIONS: list[list[list[Event]]] = [
    [
        [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen"), *turn(1)],
        turn(2),
    ],
    [
        [ActionExecuted("action_session_start"), SessionStarted(), SlotSet("condition", "x"), *turn(3)],
        turn(4),
    ],
    [[*turn(5), ActiveLoop("candidate_check_form")], [*turn(6), Restarted()], turn(7)],
]


async def live_through(store: SQLTrackerStore, conversation: str, session: list[list[Event]]) -> None:
    """Each turn reads the conversation, adds to it and writes it, as Rasa does."""
    for events in session:
        tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
        for event in events:
            event.timestamp = time.time()
            tracker.update(event, DOMAIN)
        await store.save(tracker)


def rows(store: SQLTrackerStore) -> list[tuple[Any, ...]]:
    table = store.SQLEvent.__table__
    kept = [c for c in table.columns if c.name not in ("id", "timestamp", "data")]
    with store.engine.connect() as connection:
        columns = connection.execute(table.select().with_only_columns(kept).order_by(table.c.id)).all()
        data = connection.execute(table.select().with_only_columns([table.c.data]).order_by(table.c.id)).all()
    timeless = [{k: v for k, v in json.loads(d).items() if k != "timestamp"} for (d,) in data]
    return [(*row, event) for row, event in zip(columns, timeless, strict=True)]


async def test_what_it_writes_is_what_rasas_own_store_writes(
    store: ConversationStore, rasas: SQLTrackerStore
) -> None:
    for session in SESSIONS:
        await live_through(store, ONE, session)
        await live_through(rasas, ONE, session)
        assert rows(store) == rows(rasas)


async def test_what_it_reads_is_what_rasas_own_store_reads(store: ConversationStore, tmp_path: Path) -> None:
    for session in SESSIONS:
        await live_through(store, ONE, session)
        same = SQLTrackerStore(domain=DOMAIN, host=url(tmp_path, "ours"))
        for mine, theirs in (
            (await store.retrieve(ONE), await same.retrieve(ONE)),
            (await store.retrieve_full_tracker(ONE), await same.retrieve_full_tracker(ONE)),
        ):
            assert mine is not None
            assert theirs is not None
            assert [event.as_dict() for event in mine.events] == [event.as_dict() for event in theirs.events]
            assert mine.current_slot_values() == theirs.current_slot_values()


async def test_a_tracker_from_elsewhere_is_written_without_what_is_there(store: ConversationStore) -> None:
    await live_through(store, ONE, SESSIONS[0])
    tracker = await store.retrieve(ONE)
    assert tracker is not None
    copy = tracker.copy()
    copy.update(BotUttered("One more."))
    before = len(rows(store))
    await store.save(copy)
    assert len(rows(store)) == before + 1


async def test_an_unknown_conversation_is_none(store: ConversationStore) -> None:
    assert await store.retrieve("nobody") is None
    assert store.said("nobody") == []


async def test_it_finds_events_that_hold_a_value(store: ConversationStore) -> None:
    await live_through(store, ONE, [turn(1), turn(2, 'a "quoted" 50 % ünïcode \\ text')])
    assert [event["message_id"] for event in store.said(ONE, "m2")] == ["m2"]
    assert len(store.said(ONE, 'a "quoted" 50 % ünïcode \\ text')) == 1
    assert len(store.said(ONE, "/yes")) == 2
    assert store.said(ONE, "%") == store.said(ONE, "") == []


async def test_erasing_leaves_nothing_but_the_id_until_it_expires(
    store: ConversationStore, tmp_path: Path
) -> None:
    await live_through(store, ONE, [turn(1, "MARMALADE")])
    await live_through(store, "website-two", [turn(1)])
    store.erase(ONE, SOON)
    assert store.said(ONE) == []
    assert len(store.said("website-two")) == 2
    assert store.is_erased(ONE)
    assert not store.is_erased("website-two")
    assert not any(b"MARMALADE" in path.read_bytes() for path in tmp_path.iterdir())
    store.erase(ONE, datetime.now(timezone.utc) - timedelta(seconds=1))
    store.erase("website-two", SOON)
    assert not store.is_erased(ONE)


async def test_an_error_of_the_database_does_not_quote_what_was_written(store: ConversationStore) -> None:
    store.SQLEvent.__table__.drop(store.engine)
    tracker = store.init_tracker(ONE)
    tracker.update(UserUttered("MARMALADE"))
    with pytest.raises(Exception, match="no such table") as caught:
        await store.save(tracker)
    assert "MARMALADE" not in str(caught.value)


async def test_a_turn_is_read_with_one_statement(store: ConversationStore) -> None:
    """Return whether its message was answered, and the conversation; only new events are read again."""
    for number in range(12):
        await live_through(store, ONE, [turn(number)])
    await live_through(store, "website-two", [turn(1)])
    expected = await store.retrieve(ONE)
    other = await store.retrieve("website-two")
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with store.turn(ONE, "m12") as start:
        first, second, neighbour = [await store.retrieve(each) for each in (ONE, ONE, "website-two")]
    assert (start.is_answered, start.is_erased, start.length) == (False, False, 12)
    assert first == second == expected
    assert neighbour == other
    assert len(asked) == 3
    await store.retrieve(ONE)
    assert len(asked) == 4


async def test_a_turn_of_a_new_conversation_has_nothing_to_read(store: ConversationStore) -> None:
    with store.turn(ONE, "m1") as start:
        assert (start.is_answered, start.is_erased, start.length) == (False, False, 0)
        assert await store.retrieve(ONE) is None


async def test_a_turn_knows_whether_its_conversation_is_erased(store: ConversationStore) -> None:
    store.erase(ONE, datetime.now(timezone.utc) + timedelta(days=1))
    for conversation, expected in ((ONE, True), ("website-two", False)):
        with store.turn(conversation, "m1") as start:
            assert start.is_erased == expected


async def test_a_turn_knows_whether_its_message_has_been_answered(store: ConversationStore) -> None:
    await live_through(store, ONE, [turn(1)])
    for conversation, message, expected in (
        (ONE, "m1", True),
        (ONE, "m2", False),
        ("website-two", "m1", False),
    ):
        with store.turn(conversation, message) as start:
            assert start.is_answered == expected
    with store.turn(ONE, "m1"):
        tracker = await store.retrieve(ONE)
    assert tracker is not None
    assert len(tracker.events) == len(turn(1))
