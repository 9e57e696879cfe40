"""Erasing conversations for good: what is written after an erasure by work that began before it is refused.

Each erasure raises a version, a fencing token. Whoever writes into a conversation names the version that was read
when the work began, and the write is undone where it has changed meanwhile. That holds for every channel, replica and
command, also where a lock is lost or was never taken.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.server.storage.calendar_links import LIFETIME
from assistant.server.storage.slack_ids import BEGINNING, ending_of, member_of
from assistant.server.storage.tables import ERASED, PERSONAL

_STEP = 0.001  # seconds between two versions at least, also after the clock was set back
_MARKS = sa.select(ERASED.c.sender_id, ERASED.c.until).where(
    ERASED.c.sender_id.in_([sa.bindparam("id"), sa.bindparam("own"), sa.bindparam("member")])
)
_LAST_SIGN = "\U0010ffff"


class NotKeptError(Exception):
    """A turn could not be stored; it counts as never received, and its message may be sent again."""


class ErasedMeanwhileError(NotKeptError):
    """The conversation was erased after this work had begun."""


@dataclass(frozen=True)
class Erasure:
    """State of a conversation with regard to erasures."""

    is_final: bool
    """The id is refused from now on."""
    version: float
    """Grows with each erasure that the id survives; 0 if there was none within a month."""


def erasure_of(connection: Connection, conversation: str) -> Erasure:
    """Return the state of a conversation."""
    own = _fingerprint(conversation)
    member = member_of(conversation)
    keys = {"id": conversation, "own": own, "member": own if member is None else _fingerprint(member)}
    found = {key: float(until) for key, until in connection.execute(_MARKS, keys)}
    is_final = found.pop(conversation, None) is not None
    return Erasure(is_final, max(found.values(), default=0.0))


def serialize(connection: Connection, conversation: str) -> None:
    """Order this transaction with others that write or erase the conversation, until it ends.

    SQLite has a single writer, so there it is enough to write before `refuse_erased` reads.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_lock_number(conversation))))


def refuse_erased(connection: Connection, conversation: str, version: float | None) -> None:
    """Raise `ErasedMeanwhileError` if there was an erasure since `version`; None knows of no version."""
    state = erasure_of(connection, conversation)
    if state.is_final or (version is not None and state.version > version):
        raise ErasedMeanwhileError("the conversation was erased meanwhile")


def erase_conversation(connection: Connection, conversation: str, until: datetime | None) -> None:
    """Delete all rows of a conversation; with `until`, its id is refused until then."""
    serialize(connection, conversation)
    for table in PERSONAL:
        connection.execute(table.delete().where(table.c.sender_id == conversation))
    if until is not None:
        _mark(connection, conversation, until.timestamp())
    else:
        _raise_version(connection, _fingerprint(conversation))


def erase_member(connection: Connection, user: str) -> None:
    """Delete all rows of a member of Slack, whose ids stay in use; also of conversations that begin right now."""
    serialize(connection, f"{BEGINNING}{ending_of(user)}")
    for table in PERSONAL:
        ids = matching_ids(table, BEGINNING, ending_of(user), connection.dialect.name)
        connection.execute(table.delete().where(table.c.sender_id.in_(ids)))
    _raise_version(connection, _fingerprint(member_of(f"{BEGINNING}{ending_of(user)}") or ""))


def matching_ids(table: sa.Table, beginning: str, ending: str, dialect: str) -> Any:
    """Select the ids in a table that have this prefix and suffix."""
    sender = table.c.sender_id
    query = sa.select(sender).distinct()
    if beginning:
        query = query.where(sender.startswith(beginning, autoescape=True))
    if beginning and dialect == "sqlite":  # SQLite's LIKE would scan the whole index
        query = query.where(sender >= beginning, sender < beginning + _LAST_SIGN)
    return query.where(sender.endswith(ending, autoescape=True)) if ending else query


def _raise_version(connection: Connection, key: str) -> None:
    before = connection.execute(sa.select(ERASED.c.until).where(ERASED.c.sender_id == key)).scalar()
    _mark(connection, key, max(time.time() + LIFETIME.total_seconds(), (before or 0.0) + _STEP))


def _mark(connection: Connection, key: str, until: float) -> None:
    connection.execute(ERASED.delete().where((ERASED.c.until < time.time()) | (ERASED.c.sender_id == key)))
    connection.execute(ERASED.insert().values(sender_id=key, until=until))


def _fingerprint(identity: str) -> str:
    """Hash an id that stays in use; it cannot be reversed."""
    return f"calendar-{hashlib.sha256(identity.encode()).hexdigest()}"


def _lock_number(conversation: str) -> int:
    """Return the same 64-bit number for all conversations of a member of Slack, who may erase them together."""
    identity = member_of(conversation) or conversation
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big", signed=True)
