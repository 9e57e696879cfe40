"""Deletion is final on PostgreSQL, too, where transactions run beside each other."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis.stateful import run_state_machine_as_test
from rasa.shared.core.events import UserUttered

from assistant.server.storage.erasure import ErasedMeanwhileError
from assistant.server.storage.tracker_store import ConversationStore
from testbed.cluster.services import Postgres
from tests.server.erasure_model import Conversations
from tests.server.test_erasure import model
from tests.server.test_tracker_store import DOMAIN


@pytest.mark.parametrize("examples", [15, pytest.param(300, marks=pytest.mark.slow)])
def test_whatever_happens_at_the_same_time_deleted_words_are_gone_and_others_stay(
    postgres: Postgres, examples: int
) -> None:
    machine = lambda: Conversations(lambda: ConversationStore(DOMAIN, postgres.url))  # noqa: E731
    run_state_machine_as_test(machine, settings=model(examples))  # type: ignore[no-untyped-call]


def test_a_turn_that_is_being_written_and_a_deletion_wait_for_each_other(postgres: Postgres) -> None:
    """Without an order between the two, neither would see the other's rows."""
    writer, eraser = ConversationStore(DOMAIN, postgres.url), ConversationStore(DOMAIN, postgres.url)
    for number in range(30):
        conversation = f"website-raced-{number}"
        with ThreadPoolExecutor(2) as pool:
            writing = pool.submit(_write, writer, conversation)
            pool.submit(eraser.erase, conversation).result()
        assert writing.result() in ("refused", "stored")
        assert writer.kept(conversation) == []
    for store in (writer, eraser):
        store.engine.dispose()


def _write(store: ConversationStore, conversation: str) -> str:
    tracker = asyncio.run(store.get_or_create_tracker(conversation, append_action_listen=False))
    tracker.erasure_version = 0.0
    tracker.update(UserUttered("hello", message_id="one"), DOMAIN)
    try:
        asyncio.run(store.save(tracker))
    except ErasedMeanwhileError:
        return "refused"
    return "stored"
