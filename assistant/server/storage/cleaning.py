"""Removal of deleted content from SQLite's files: write-ahead log and free pages.

PostgreSQL's autovacuum needs no help.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from assistant.server.observability.log_redaction import cause
from assistant.server.observability.metrics import UNCLEAN
from assistant.server.storage.database import SQLITE_WAITS

_log = structlog.get_logger("assistant.server.storage.cleaning")

_TRIES = 5  # at once, after a deletion
_BETWEEN = 0.02  # seconds
_AGAIN = 1.0  # seconds until the next try in the background
_ANYWAY = (
    60.0  # seconds after which the files are cleaned in any case: another program may have deleted something
)
_PAGES = 500  # free pages given back in one run, which nothing else can be written beside
_INCREMENTAL = 2  # value of SQLite's `auto_vacuum`


class Cleaner:
    """Cleans the files of one database. The methods block, and belong into a thread."""

    def __init__(self, engine: Engine) -> None:
        """Does nothing for other databases than SQLite."""
        self._engine = engine
        self._is_needed = engine.dialect.name == "sqlite"
        self.is_clean = True

    def clean_soon(self) -> None:
        """Clean within a tenth of a second, or leave it to `clean_periodically`."""
        for _ in range(_TRIES):
            if self.clean():
                return
            time.sleep(_BETWEEN)

    def clean_later(self) -> None:
        """Leave it to `clean_periodically`; does not block."""
        self.is_clean = not self._is_needed

    def clean(self) -> bool:
        """Clean now, without waiting; False while another program reads the database."""
        was_clean, self.is_clean = self.is_clean, not self._is_needed or self._clean()
        UNCLEAN.set(not self.is_clean)
        if was_clean and not self.is_clean:
            _log.warning("Deleted data is still in SQLite's log, because another program reads the database")
        return self.is_clean

    def convert(self) -> None:
        """Let files that were made without `auto_vacuum` give back free pages, once."""
        if not self._is_needed:
            return
        with self._engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA auto_vacuum").scalar() != _INCREMENTAL:
                connection.exec_driver_sql("PRAGMA auto_vacuum = INCREMENTAL")
                connection.exec_driver_sql("VACUUM")

    def _clean(self) -> bool:
        try:
            with self._engine.connect() as connection:
                return _truncate(connection.connection.dbapi_connection)
        except OperationalError as error:
            _log.error("cleaning_failed", cause=cause(error))
            return False


async def clean_periodically(cleaner: Cleaner) -> None:
    """Run until the server stops. Repeats what was not possible at the time of a deletion."""
    await _in_thread(cleaner.convert)
    last = time.monotonic()
    while True:
        await asyncio.sleep(_AGAIN)
        if not cleaner.is_clean or time.monotonic() - last >= _ANYWAY:
            last = time.monotonic()
            await _in_thread(cleaner.clean)


async def _in_thread(work: Any) -> None:
    try:
        await asyncio.to_thread(work)
    except Exception as error:  # tried again in the next run
        _log.error("cleaning_failed", cause=cause(error))


def _truncate(connection: Any) -> bool:
    """Give back free pages and empty the write-ahead log; False if a reader or writer is in the way."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()  # each row is a page
        ((busy, _in_log, _moved),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy
    except connection.OperationalError:  # locked
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {SQLITE_WAITS}")
