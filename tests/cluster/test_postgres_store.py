"""The tracker store on PostgreSQL: same behaviour as on SQLite, and recovery from lost connections."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from sqlalchemy.exc import OperationalError

from assistant.server.storage.erasure import NotKeptError
from assistant.server.storage.event_queries import TURNS_READ
from assistant.server.storage.tracker_store import ConversationStore
from testbed.cluster.services import Postgres
from tests.cluster.cuttable import Cuttable
from tests.server.test_tracker_store import DOMAIN, SESSIONS, live_through, turn

SOON = datetime.now(timezone.utc) + timedelta(days=1)


@pytest.fixture
def store(postgres: Postgres) -> Iterator[ConversationStore]:
    store = ConversationStore(domain=DOMAIN, host=postgres.url)
    yield store
    store.engine.dispose()


def kept(store: ConversationStore, conversation: str) -> list[str]:
    return [event["event"] for event in store.said(conversation)]


async def test_a_conversation_is_read_as_it_was_written(store: ConversationStore) -> None:
    for session in SESSIONS:
        await live_through(store, "whole", session)
    tracker = await store.retrieve("whole")
    assert tracker is not None
    assert tracker.get_slot("condition") == "acne 7"
    assert [e.message_id for e in tracker.events if isinstance(e, UserUttered)] == [
        "m3",
        "m4",
        "m5",
        "m6",
        "m7",
    ]
    assert store.has_processed("whole", "m1")
    assert not store.has_processed("whole", "m8")
    assert not store.has_processed("other", "m1")


async def test_a_turn_is_read_at_once_as_in_steps(store: ConversationStore) -> None:
    await live_through(store, "once", [turn(1), turn(2)])
    for message, answered in (("m2", True), ("m3", False)):
        with store.turn("once", message) as start:
            assert (start.is_answered, start.is_erased, start.length) == (answered, False, 2)
            assert await store.retrieve("once") == await store.retrieve("once")


async def test_erasing_leaves_nothing_but_the_id(store: ConversationStore) -> None:
    await live_through(store, "gone", [turn(1)])
    store.erase("gone", SOON)
    assert kept(store, "gone") == []
    assert store.is_erased("gone")
    assert not store.has_processed("gone", "m1")


async def test_a_message_is_kept_once_whoever_answers_it(store: ConversationStore) -> None:
    trackers = [await store.get_or_create_tracker("raced", append_action_listen=False) for _ in range(2)]
    for tracker in trackers:
        for event in turn(1):
            tracker.update(event, DOMAIN)
    await store.save(trackers[0])
    with pytest.raises(NotKeptError):
        await store.save(trackers[1])
    assert kept(store, "raced") == ["user", "bot"]


def test_replicas_that_start_together_share_one_set_of_tables() -> None:
    service = Postgres()
    try:
        with ThreadPoolExecutor(8) as replicas:
            stores = list(replicas.map(lambda _: ConversationStore(DOMAIN, service.url), range(8)))
        for store in stores:
            store.check()
    finally:
        service.stop()


async def test_after_the_database_was_killed_the_next_turn_is_kept() -> None:
    service = Postgres()
    try:
        store = ConversationStore(DOMAIN, service.url)
        await live_through(store, "one", [turn(1)])
        service.kill()
        with pytest.raises(OperationalError):
            store.said("one")
        service.start()
        time.sleep(1.1)  # it rests for a second after a failure
        await live_through(store, "one", [turn(2)])
        assert kept(store, "one") == ["user", "bot"] * 2
    finally:
        service.stop()


async def test_a_silent_network_ends_in_an_error_and_recovers(postgres: Postgres) -> None:
    network = Cuttable(postgres.port)
    store = ConversationStore(DOMAIN, postgres.url_at(network.port))
    await live_through(store, "cut", [turn(1)])
    network.cut()
    with pytest.raises(OperationalError):
        store.said("cut")
    network.restore()
    time.sleep(1.1)
    assert kept(store, "cut") == ["user", "bot"]
    network.close()


def test_the_indexes_of_the_queries_are_there(store: ConversationStore) -> None:
    names = {index["name"] for index in sa.inspect(store.engine).get_indexes("events")}
    assert {"events_in_order", "events_by_kind", "events_by_age"} <= names


async def test_a_long_conversation_is_read_from_its_newest_turns_on(store: ConversationStore) -> None:
    first: list[Event] = [SlotSet("condition", "rosacea"), UserUttered("hello"), BotUttered("hello")]
    quiet = [[event for event in turn(n) if not isinstance(event, SlotSet)] for n in range(40)]
    await live_through(store, "long", [first, *quiet])
    tracker = await store.retrieve("long")
    assert tracker is not None
    heard = [event.message_id for event in tracker.events if isinstance(event, UserUttered)]
    assert heard == [f"m{n}" for n in range(40 - TURNS_READ, 40)]
    assert tracker.get_slot("condition") == "rosacea"
    whole = await store.retrieve_full_tracker("long")
    assert whole is not None
    assert len([event for event in whole.events if isinstance(event, UserUttered)]) == 41
