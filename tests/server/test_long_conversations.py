"""Turns of a long conversation stay fast: they read the latest turns only, and keep the slots."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

from assistant.server.storage.event_queries import TURNS_READ
from assistant.server.storage.tracker_store import ConversationStore
from tests.server.test_tracker_store import DOMAIN, live_through, turn


async def test_a_turn_reads_no_more_after_five_hundred_than_after_twenty(tmp_path: Path) -> None:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    counts = []
    for begin, end in ((0, 20), (20, 500)):
        await live_through(store, "long", [turn(n) for n in range(begin, end)])
        tracker = await store.retrieve("long")
        assert tracker is not None
        counts.append(len([event for event in tracker.events if isinstance(event, UserUttered)]))
        assert tracker.get_slot("condition") == f"acne {end - 1}"
    assert counts == [TURNS_READ, TURNS_READ]


async def test_the_notice_that_was_given_long_ago_is_not_forgotten(tmp_path: Path) -> None:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    first = BotUttered("General information.", metadata={"metadata": {"notice": True}})
    await live_through(store, "long", [[UserUttered("hello"), first], *(turn(n) for n in range(30))])
    tracker = await store.retrieve("long")
    assert tracker is not None
    given = [
        e
        for e in tracker.events
        if isinstance(e, BotUttered) and e.metadata.get("metadata", {}).get("notice")
    ]
    assert [event.text for event in given] == ["General information."]


async def test_every_query_of_a_turn_uses_an_index(tmp_path: Path) -> None:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    await live_through(store, "one", [turn(1), [SlotSet("condition", "x")]])
    store.said("one", "m1")
    store.has_processed("one", "m1")
    store.is_erased("one")
    with store.turn("one", "m1"):
        pass
    reads = [statement for statement in asked if statement.lstrip().startswith("SELECT")]
    assert len(reads) > 4
    with store.engine.connect() as connection:
        for statement in reads:
            values = ("x",) * statement.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert not any(row[-1].startswith("SCAN events") for row in plan), plan
