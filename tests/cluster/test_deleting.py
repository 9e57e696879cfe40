"""After deletion no table has a row of the person: every way of deleting, SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import pytest
import sqlalchemy as sa

from assistant.channels.slack.listeners.commands import erase_person
from assistant.server.admin import commands
from assistant.server.http.sessions import Sessions
from assistant.server.observability.turn_log import short_hash
from assistant.server.storage.data_requests import delete_as_requested
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.storage.tables import ERASED, FLAGS, PERSONAL
from assistant.server.storage.tracker_store import ConversationStore
from tests.server.test_tracker_store import DOMAIN

NOBODYS = {FLAGS.name}
"""Tables that hold nothing of a person."""
WORD = "gooseberry"
ANNA, BERTA = "U0ANNA", "U0BERTA"
SESSION = Sessions(b"key").open()[1]
WEBSITE, OTHER_WEBSITE, TERMINAL = SESSION.conversation, "website-other-visitor", "terminal-somebody"
IN_SLACK = (
    ConversationRef("T1", ANNA, "dm", "D1"),
    ConversationRef("T1", ANNA, "home"),
    ConversationRef("T1", ANNA, "thread", "C1", "17.1"),
    ConversationRef("T1", ANNA, "command", "C1"),
    ConversationRef("E1", ANNA, "thread", "C2", "17.2"),
    ConversationRef("T2", ANNA, "thread", "C9", "17.3"),  # as a shared channel was stored once
)
OTHERS = (
    OTHER_WEBSITE,
    ConversationRef("T1", BERTA, "thread", "C1", "17.1").conversation,
    f"slack-T1-X{ANNA}",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ConversationStore]:
    if request.param == "sqlite":
        store = ConversationStore(domain=DOMAIN, db=str(tmp_path / "conversations.db"))
    else:
        store = ConversationStore(domain=DOMAIN, host=request.getfixturevalue("postgres").url)
    with store.engine.begin() as connection:
        for table in tables(store):
            connection.execute(table.delete())
    yield store
    store.engine.dispose()


def tables(store: ConversationStore) -> list[sa.Table]:
    """Every table that there is in the database, whoever has made it."""
    found = sa.MetaData()
    found.reflect(store.engine)
    return list(found.tables.values())


def fill(store: ConversationStore, conversation: str) -> None:
    """A row of the conversation in each table that may have one."""
    with store.engine.begin() as connection:
        for table in tables(store):
            if "sender_id" in table.c and table.name != ERASED.name:
                connection.execute(table.insert().values(sender_id=conversation, **_values(table)))


def _values(table: sa.Table) -> dict[str, object]:
    given: dict[type, object] = {str: WORD, float: 1.0, int: 1, bool: True}
    return {
        column.name: given[column.type.python_type]
        for column in table.c
        if column.name != "sender_id" and not (column.primary_key and column.name == "id")
    }


def rows_of(store: ConversationStore, conversation: str) -> list[str]:
    """The tables where the conversation's id still stands."""
    with store.engine.connect() as connection:
        return [
            table.name
            for table in tables(store)
            for row in connection.execute(table.select())
            if any(conversation == value for value in row)
        ]


def agent_of(store: ConversationStore) -> Mock:
    return Mock(tracker_store=store)


def by_id(store: ConversationStore, given: str) -> None:
    commands.erase_person(store, given)


def from_slack(store: ConversationStore) -> None:
    """Home, the button under the words, and the words themselves all come to this."""
    delivery, reminders = Mock(), AsyncMock()
    delivery.conversations.store = store
    delivery.conversations.erase = AsyncMock(side_effect=store.erase)
    asyncio.run(erase_person(delivery, reminders, IN_SLACK[0]))
    reminders.cancel.assert_awaited_once()


Way = Callable[[ConversationStore], object]
OF_SLACK = tuple(dict.fromkeys(place.conversation for place in IN_SLACK))
WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "the website's button": (lambda store: store.erase(WEBSITE, SESSION.expires_at), (WEBSITE,)),
    "in words on the website": (
        lambda store: asyncio.run(delete_as_requested(agent_of(store), "website", WEBSITE)),
        (WEBSITE,),
    ),
    "in words in the terminal": (
        lambda store: asyncio.run(delete_as_requested(agent_of(store), "terminal", TERMINAL)),
        (TERMINAL,),
    ),
    "in Slack": (from_slack, OF_SLACK),
    "the operator, by a member of Slack": (lambda store: by_id(store, ANNA), OF_SLACK),
    "the operator, by a conversation": (lambda store: by_id(store, WEBSITE), (WEBSITE,)),
    "the operator, by a conversation's hash": (lambda store: by_id(store, short_hash(TERMINAL)), (TERMINAL,)),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_table_has_a_row_left(store: ConversationStore, way: str) -> None:
    delete, conversations = WAYS[way]
    for conversation in (*conversations, *OTHERS):
        fill(store, conversation)
    delete(store)
    for conversation in conversations:
        assert set(rows_of(store, conversation)) <= allowed(conversation), conversation
    for conversation in OTHERS:
        assert set(rows_of(store, conversation)) == {table.name for table in PERSONAL}


def allowed(conversation: str) -> set[str]:
    """The id of a website's visitor, and nothing else, is kept until their token has run out."""
    return {ERASED.name} if conversation == WEBSITE else set()


@pytest.mark.parametrize("table", PERSONAL, ids=lambda table: table.name)
def test_what_is_left_in_one_table_alone_is_found(store: ConversationStore, table: sa.Table) -> None:
    with store.engine.begin() as connection:
        connection.execute(table.insert().values(sender_id=OF_SLACK[0], **_values(table)))
    from_slack(store)
    assert rows_of(store, OF_SLACK[0]) == []


def test_every_table_of_the_database_is_known_to_these_tests(store: ConversationStore) -> None:
    """A new one is either deleted from (``assistant.server.storage.tables.PERSONAL``) or holds nothing of a person."""
    known = {table.name for table in (*PERSONAL, ERASED)} | NOBODYS
    assert {table.name for table in tables(store)} == known
