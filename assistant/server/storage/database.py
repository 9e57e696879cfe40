"""SQLite and PostgreSQL engines in which every operation has a timeout, and removal of deleted content.

SQLite keeps deleted content in its write-ahead log and on free pages; PostgreSQL's autovacuum needs no help.
"""

from __future__ import annotations

import asyncio
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2  # type: ignore[import-untyped]
import psycopg2.extensions  # type: ignore[import-untyped]
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from assistant.server.observability.log_redaction import cause
from assistant.server.observability.metrics import UNCLEAN

_log = structlog.get_logger("assistant.server.storage.database")

ANSWER_WITHIN = 4.0  # seconds; a turn has several queries, and proxies wait for 30 s
_REST = 1.0  # seconds for which the circuit breaker stays open after a failed connection
_START_AGAIN = 2.0  # seconds between attempts at start-up
_SCHEMA_LOCK = 7_011_977  # arbitrary, but the same in every replica
SQLITE_WAITS = 4000  # milliseconds for another writer
_SQLITE_SETTINGS = (
    "auto_vacuum = INCREMENTAL",  # has an effect on a new file only; `Cleaner.convert` changes older ones
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "secure_delete = ON",
    f"busy_timeout = {SQLITE_WAITS}",
)
_POSTGRES_SETTINGS = (
    "statement_timeout = '4s'",
    "lock_timeout = '3s'",
    "idle_in_transaction_session_timeout = '10s'",
)

_TRIES = 5  # at once, after a deletion
_BETWEEN = 0.02  # seconds
_AGAIN = 1.0  # seconds until the next try in the background
_ANYWAY = (
    60.0  # seconds after which the files are cleaned in any case: another program may have deleted something
)
_PAGES = 500  # free pages given back in one run, during which nothing else can be written
_INCREMENTAL = 2  # value of SQLite's `auto_vacuum`


def engine_for(url: str | URL) -> Engine:
    """Create an engine whose errors do not quote parameters. Accepts `postgres://` URLs, too."""
    url = make_url(str(url).replace("postgres://", "postgresql://", 1) if isinstance(url, str) else url)
    if url.get_backend_name() == "sqlite":
        # the pool gives a connection to one thread at a time, but not always to the same thread
        own = {"check_same_thread": False}
        engine = sa.create_engine(url, hide_parameters=True, poolclass=QueuePool, connect_args=own)
        sa.event.listen(engine, "connect", _tune_sqlite)
        return engine
    psycopg2.extensions.set_wait_callback(_wait)
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # silently replaces connections cut by a restart
        pool_size=5,
        max_overflow=5,
        pool_timeout=ANSWER_WITHIN,
        pool_recycle=1800,
        connect_args={"application_name": "assistant"},
    )
    sa.event.listen(engine, "do_connect", _CircuitBreaker())
    sa.event.listen(engine, "connect", _tune_postgres)
    return engine


@contextmanager
def schema_change(engine: Engine) -> Iterator[Connection]:
    """Open a transaction for creating tables; on PostgreSQL, serialized between replicas that start together."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
        yield connection


def wait_for(engine: Engine) -> None:
    """Block until the database answers, which takes a while when all servers start together."""
    while True:
        try:
            with engine.connect():
                return
        except OperationalError as error:
            _log.warning(
                "Database unavailable, retrying; check that it runs and that DATABASE_URL is correct",
                cause=cause(error),
            )
            time.sleep(_START_AGAIN)


class _CircuitBreaker:
    """Fails fast for a second after a failed connection: waiting for each one would block all requests."""

    def __init__(self) -> None:
        self._until = 0.0

    def __call__(self, dialect: Any, _record: object, arguments: Any, named: Any) -> Any:
        if time.monotonic() < self._until:
            raise psycopg2.OperationalError("the database did not answer a moment ago")
        try:
            return dialect.connect(*arguments, **named)
        except psycopg2.OperationalError:
            self._until = time.monotonic() + _REST
            raise


def _wait(connection: Any) -> None:
    """Wait callback for psycopg2 with a timeout; its own wait never ends on a dead network.

    psycopg2 closes the connection if this raises.
    """
    until = time.monotonic() + ANSWER_WITHIN
    while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
        waiting = select.poll()
        waiting.register(
            connection.fileno(), select.POLLIN if state == psycopg2.extensions.POLL_READ else select.POLLOUT
        )
        if not waiting.poll(max(0, until - time.monotonic()) * 1000):
            raise psycopg2.OperationalError("the database did not answer in time")


def _tune_sqlite(connection: Any, _record: object) -> None:
    """Let reads run during writes, skip the disk sync on commit, and overwrite deleted data."""
    for setting in _SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _tune_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET {setting}" for setting in _POSTGRES_SETTINGS))
    connection.commit()


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
