"""Flags that operators set at runtime. Stored in the database, so that every replica sees them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from assistant.server.storage.tables import SWITCHES
from assistant.server.storage.tracker_store import ConversationStore

CLOSED = "closed"
MODEL = "model"


@dataclass(frozen=True)
class Switch:
    """The value of a flag, and when it was set, in seconds since 1970."""

    value: str
    since: float


def read_switch(store: ConversationStore, name: str) -> Switch | None:
    """Return the flag, or None if it is not set."""
    query = sa.select(SWITCHES.c.value, SWITCHES.c.since).where(SWITCHES.c.name == name)
    with store.engine.connect() as connection:
        row = connection.execute(query).first()
    return row and Switch(*row)


def set_switch(store: ConversationStore, name: str, value: str | None) -> None:
    """Set the flag; None as `value` removes it."""
    with store.engine.begin() as connection:
        connection.execute(SWITCHES.delete().where(SWITCHES.c.name == name))
        if value is not None:
            connection.execute(SWITCHES.insert().values(name=name, value=value, since=time.time()))
