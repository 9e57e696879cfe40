"""Deletion is final: whatever happens at the same time, and in the files of SQLite."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from rasa.shared.core.events import UserUttered

from assistant.channels.conversation_service import ConversationService
from assistant.channels.slack.listeners.commands import erase_person
from assistant.server.admin import commands
from assistant.server.messages import CollectedOutput
from assistant.server.observability.metrics import UNCLEAN
from assistant.server.storage.database import Cleaner, clean_periodically
from assistant.server.storage.erasure import ErasedMeanwhileError
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.traffic.locks import ConversationLocks
from tests.server.erasure_model import Conversations
from tests.server.test_tracker_store import DOMAIN, SOON, live_through, turn

ONE = "website-one"
WORD = b"MARMALADE"


def model(examples: int) -> settings:
    """Without shrinking, which takes minutes: the steps of a failure are printed anyway."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    yield store
    store.engine.dispose()


@pytest.mark.parametrize("examples", [25, pytest.param(500, marks=pytest.mark.slow)])
def test_whatever_happens_at_the_same_time_deleted_words_are_gone_and_others_stay(
    tmp_path: Path, examples: int
) -> None:
    path = str(tmp_path / "conversations.db")
    machine = lambda: Conversations(lambda: ConversationStore(DOMAIN, db=path))  # noqa: E731
    run_state_machine_as_test(machine, settings=model(examples))  # type: ignore[no-untyped-call]


# --- Turns under way


async def under_way(store: ConversationStore, conversation: str) -> object:
    """A turn that has been worked out and is not stored yet; calling the result stores it."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.erasure_version = store.erasure(conversation)
    tracker.update(UserUttered(WORD.decode(), message_id="late"), DOMAIN)
    return tracker


@pytest.mark.parametrize("until", [SOON, None], ids=["for good", "the id stays in use"])
async def test_a_turn_that_began_before_the_deletion_is_not_stored(
    store: ConversationStore, until: datetime | None
) -> None:
    await live_through(store, ONE, [turn(1)])
    late = await under_way(store, ONE)
    store.erase(ONE, until)
    with pytest.raises(ErasedMeanwhileError):
        await store.save(late)
    assert store.kept() == []


async def test_a_turn_that_begins_a_conversation_is_not_stored_after_the_operator_erased_the_member(
    store: ConversationStore,
) -> None:
    late = await under_way(store, ConversationRef("T1", "U0ANNA", "thread", "C1", "17.1").conversation)
    commands.erase_person(store, "U0ANNA")
    with pytest.raises(ErasedMeanwhileError):
        await store.save(late)
    await store.save(await under_way(store, ConversationRef("T1", "U0BERTA", "dm").conversation))


async def test_a_turn_that_begins_a_conversation_is_not_stored_after_home_deleted_everything(
    store: ConversationStore,
) -> None:
    home = ConversationRef("T1", "U0ANNA", "home")
    late = await under_way(store, ConversationRef("T1", "U0ANNA", "thread", "C1", "17.1").conversation)
    delivery, reminders = Mock(), Mock(cancel=Mock(return_value=asyncio.sleep(0)))
    delivery.conversations.store = store
    await erase_person(delivery, reminders, home)
    with pytest.raises(ErasedMeanwhileError):
        await store.save(late)


async def test_a_conversation_that_was_erased_can_go_on(store: ConversationStore) -> None:
    store.erase(ONE)
    await store.save(await under_way(store, ONE))
    assert store.kept() == [ONE]


def test_each_erasure_counts_also_after_the_clock_was_set_back(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.erase(ONE)
    before = store.erasure(ONE)
    monkeypatch.setattr("assistant.server.storage.erasure.time.time", lambda: before - 100 * 86_400)
    store.erase(ONE)
    assert store.erasure(ONE) > before


async def test_deleting_does_not_hold_up_the_event_loop(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    monkeypatch.setattr(store, "erase", lambda *_: threads.append(threading.current_thread()))
    service = ConversationService(Mock(tracker_store=store, lock_store=ConversationLocks()), CollectedOutput)
    await service.erase(ONE)
    assert threads
    assert threading.main_thread() not in threads


# --- Files


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_while_another_program_reads_the_words_leave_the_files_as_soon_as_it_is_done(
    store: ConversationStore, tmp_path: Path
) -> None:
    await live_through(store, ONE, [turn(1, WORD.decode())])
    with closing(sqlite3.connect(tmp_path / "conversations.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        store.erase(ONE, SOON)
        assert not store.cleaner.is_clean
        assert UNCLEAN._value.get() == 1
        assert WORD in files(tmp_path)
    background = asyncio.create_task(clean_periodically(store.cleaner))
    while not store.cleaner.is_clean:
        await asyncio.sleep(0.05)
    background.cancel()
    assert UNCLEAN._value.get() == 0
    assert WORD not in files(tmp_path)


async def test_free_pages_are_given_back(store: ConversationStore, tmp_path: Path) -> None:
    await live_through(store, ONE, [turn(n, f"{n} " + "x" * 900) for n in range(200)])
    store.cleaner.clean()
    before = (tmp_path / "conversations.db").stat().st_size
    store.erase(ONE)
    assert (tmp_path / "conversations.db").stat().st_size < before / 2


async def test_a_database_of_before_is_converted_and_loses_what_was_deleted_then(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.execute("PRAGMA secure_delete = OFF")  # some builds of SQLite have it on
        old.execute("CREATE TABLE anything (text TEXT)")
        old.executemany("INSERT INTO anything VALUES (?)", [(WORD.decode() * 300,)] * 50)
        old.commit()
        old.execute("DELETE FROM anything")
        old.commit()
    assert WORD in files(tmp_path)
    store = ConversationStore(DOMAIN, db=str(path))
    store.cleaner.convert()
    assert Cleaner(store.engine).clean()
    assert WORD not in files(tmp_path)
    store.engine.dispose()
