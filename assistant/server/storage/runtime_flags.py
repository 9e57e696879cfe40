"""Flags that operators set at runtime. Stored in the database, so that every replica sees them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from assistant.server.storage.tables import FLAGS
from assistant.server.storage.tracker_store import ConversationStore

CLOSED = "closed"
MODEL = "model"


@dataclass(frozen=True)
class Flag:
    """The value of a flag, and when it was set, in seconds since 1970."""

    value: str
    since: float


def read_flag(store: ConversationStore, name: str) -> Flag | None:
    """Return the flag, or None if it is not set."""
    query = sa.select(FLAGS.c.value, FLAGS.c.since).where(FLAGS.c.name == name)
    with store.engine.connect() as connection:
        row = connection.execute(query).first()
    return row and Flag(*row)


def set_flag(store: ConversationStore, name: str, value: str | None) -> None:
    """Set the flag; None as `value` removes it."""
    with store.engine.begin() as connection:
        connection.execute(FLAGS.delete().where(FLAGS.c.name == name))
        if value is not None:
            connection.execute(FLAGS.insert().values(name=name, value=value, since=time.time()))
