"""Retention: deletes data older than the configured number of days, every hour."""

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
_PAUSE = 3_600.0  # seconds between runs
_AT_ONCE = 2_000  # rows per transaction, to keep transactions short


async def delete_periodically(store: ConversationStore, days: int) -> None:
    """Run until the server stops. Safe in several replicas: the second finds nothing left to delete."""
    while True:
        try:
            count = await asyncio.to_thread(delete_older, store, days)
            if count:
                _log.info("retention_applied", rows=count, days=days)
        except Exception as error:  # retried in an hour
            _log.error("retention_failed", cause=cause(error))
        await asyncio.sleep(_PAUSE)


def delete_older(store: ConversationStore, days: int) -> int:
    """Delete all data older than `days` and return the number of rows."""
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
