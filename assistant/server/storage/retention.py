"""Forgetting: what is older than the settings allow is deleted from the database, every hour, and for good."""

from __future__ import annotations

import asyncio
import time

import sqlalchemy as sa
import structlog

from assistant.server.observability.log_redaction import cause
from assistant.server.storage.tables import ERASED, PERSONAL
from assistant.server.storage.tracker_store import ConversationStore

_log = structlog.get_logger("assistant.server.storage.retention")

_DAY = 86_400.0  # seconds
_PAUSE = 3_600.0  # seconds
_AT_ONCE = 2_000  # rows: visitors don't have to wait for a long transaction


async def delete_periodically(store: ConversationStore, days: int) -> None:
    """Runs as long as the server does. Several replicas may do the same: who comes second finds nothing."""
    while True:
        try:
            count = await asyncio.to_thread(delete_older, store, days)
            if count:
                _log.info("forgotten", rows=count, days=days)
        except Exception as error:  # the next hour tries again
            _log.error("could not forget what is too old", cause=cause(error))
        await asyncio.sleep(_PAUSE)


def delete_older(store: ConversationStore, days: int) -> int:
    """Deletes everything said more than `days` ago; how many rows that were."""
    before = time.time() - days * _DAY
    count = sum(_delete_in_parts(store, table, before) for table in PERSONAL)
    with store.engine.begin() as connection:
        connection.execute(ERASED.delete().where(ERASED.c.until < time.time()))
    if count:
        store.forget_deleted()
    return count


def _delete_in_parts(store: ConversationStore, table: sa.Table, before: float) -> int:
    count = 0
    while True:
        with store.engine.begin() as connection:
            part: int = connection.execute(table.delete().where(_oldest(table, before))).rowcount
        count += part
        if part < _AT_ONCE:
            return count


def _oldest(table: sa.Table, before: float) -> sa.sql.ColumnElement:
    key = list(table.primary_key)
    oldest = sa.select(*key).where(table.c.timestamp < before).limit(_AT_ONCE)
    matched = sa.tuple_(*key) if len(key) > 1 else key[0]
    return matched.in_(oldest)
