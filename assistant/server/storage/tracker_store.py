"""SQL tracker store with search, deletion and constant-time turns."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from assistant.server.settings import read
from assistant.server.storage.calendar_links import LIFETIME
from assistant.server.storage.database import engine_for, wait_for
from assistant.server.storage.tables import ERASED, EVENTS, PERSONAL, PROCESSED, create_tables
from assistant.settings import Settings

TURNS_READ = 8  # latest turns that a turn reads; of earlier ones, it knows the slots

_CONVERSATION: Any = sa.bindparam("conversation")
_OF_IT = EVENTS.c.sender_id == _CONVERSATION
_ANSWERED = -1  # less than any id of an event


def _ids(column: Any = EVENTS.c.id) -> Any:
    return sa.select(column).where(_OF_IT)


def _last(*kinds: str) -> Any:
    query = _ids(sa.func.max(EVENTS.c.id)).where(EVENTS.c.type_name.in_(kinds))
    return sa.func.coalesce(query.scalar_subquery(), 0)


def _beginning_of_recent_turns() -> Any:
    listening = sa.and_(EVENTS.c.type_name == "action", EVENTS.c.action_name == ACTION_LISTEN_NAME)
    query = _ids().where(listening).order_by(EVENTS.c.id.desc())
    return sa.func.coalesce(query.offset(TURNS_READ).limit(1).scalar_subquery(), 0)


def _notice() -> Any:
    """Select the first message with the medical disclaimer, which is shown once per conversation."""
    given = _ids().where(EVENTS.c.type_name == "bot", EVENTS.c.data.contains('"notice": true'))
    return sa.select(given.order_by(EVENTS.c.id).limit(1).subquery().c.id)


def _recent_ids() -> Any:
    begin = _last("session_started", "restart", "reset_slots")
    session, cut = _last(SessionStarted.type_name), _beginning_of_recent_turns()
    lasting = _ids(sa.func.max(EVENTS.c.id)).where(EVENTS.c.id >= begin, EVENTS.c.id < cut)
    parts = (
        lasting.where(EVENTS.c.type_name == "slot").group_by(EVENTS.c.action_name),
        lasting.where(EVENTS.c.type_name == "active_loop"),
        _notice(),
        _ids().where(EVENTS.c.id >= session, EVENTS.c.id >= cut),
    )
    # ids in a union, not one condition with "or", which would scan every event of the conversation
    return sa.union_all(*parts)


def _turn() -> Any:
    """Select rows of id and data: the recent events and, if the message has been answered, `_ANSWERED`."""
    answered = sa.select(sa.literal(_ANSWERED), PROCESSED.c.message_id)
    return sa.union_all(
        sa.select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.id.in_(_recent_ids())),
        answered.where(
            PROCESSED.c.sender_id == _CONVERSATION, PROCESSED.c.message_id == sa.bindparam("message")
        ),
    )


# built once; each takes the parameter "conversation"
EVERY_EVENT = sa.select(EVENTS.c.data).where(_OF_IT).order_by(EVENTS.c.id)
"""Data of all events, oldest first."""
RECENT_EVENTS = sa.select(EVENTS.c.data).where(EVENTS.c.id.in_(_recent_ids())).order_by(EVENTS.c.id)
"""The session's latest turns, preceded by the state from before them: slots, active loop, disclaimer."""


_LAST_SIGN = "\U0010ffff"
_TURN = _turn()
_read_ahead: ContextVar[dict[str, list[str]]] = ContextVar("read_ahead")
"""Data of the recent events by conversation, in a turn that has not retrieved them yet."""
_EVENT_CLASSES = {cls.type_name: cls for cls in all_subclasses(Event)}


class NotKeptError(Exception):
    """A turn could not be stored; it counts as never received, and its message may be sent again."""


class ConversationStore(SQLTrackerStore):
    """Tracker store on SQLite or PostgreSQL. Every method is one short transaction."""

    engine: Engine
    sessionmaker: Any

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        db: str | None = None,
        event_broker: EventBroker | None = None,
        **_rest: Any,
    ) -> None:
        """Connect to `host`, a database URL, or to the SQLite file `db`; without either, as the settings say."""
        super(SQLTrackerStore, self).__init__(domain, event_broker)  # Rasa's own would connect in its own way
        self.engine = engine_for(host or (f"sqlite:///{db}" if db else _address()))
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)
        wait_for(self.engine)
        create_tables(self.engine)

    def said(self, conversation: str, containing: str | None = None) -> list[dict[str, Any]]:
        """Return user and bot events, oldest first; with `containing`, only those that may hold that value."""
        query = EVERY_EVENT.where(EVENTS.c.type_name.in_(("user", "bot")))
        if containing is not None:
            query = query.where(EVENTS.c.data.contains(json.dumps(containing), autoescape=True))
        return self._events(query, conversation)

    def conversations(self, beginning: str) -> list[str]:
        """Return the ids with this prefix that have events."""
        return self._ids(self._of_form(EVENTS, beginning))

    def kept(self, beginning: str = "", ending: str = "") -> list[str]:
        """Return the matching ids with any stored data; feedback may outlive the events it refers to."""
        return self._ids(sa.union(*(self._of_form(table, beginning, ending) for table in PERSONAL)))

    def _of_form(self, table: sa.Table, beginning: str, ending: str = "") -> Any:
        sender = table.c.sender_id
        query = sa.select(sender).distinct()
        if beginning:
            query = query.where(sender.startswith(beginning, autoescape=True))
        if beginning and self.engine.dialect.name == "sqlite":  # SQLite's LIKE would scan the whole index
            query = query.where(sender >= beginning, sender < beginning + _LAST_SIGN)
        return query.where(sender.endswith(ending, autoescape=True)) if ending else query

    def _ids(self, query: Any) -> list[str]:
        with self.engine.connect() as connection:
            return [found for (found,) in connection.execute(query)]

    def everything(self, conversation: str) -> list[dict[str, Any]]:
        """Return all stored events of a conversation, oldest first."""
        return self._events(EVERY_EVENT, conversation)

    def erase(self, conversation: str, until: datetime | None = None) -> None:
        """Delete all data of a conversation and mark its id as deleted `until` its last token expires.

        Without `until` the id stays in use, and only its calendar links are invalidated.
        """
        now = time.time()
        key, ends = (
            (_fingerprint(conversation), now + LIFETIME.total_seconds())
            if until is None
            else (conversation, until.timestamp())
        )
        with self.engine.begin() as connection:
            for table in PERSONAL:
                connection.execute(table.delete().where(table.c.sender_id == conversation))
            connection.execute(ERASED.delete().where((ERASED.c.until < now) | (ERASED.c.sender_id == key)))
            connection.execute(ERASED.insert().values(sender_id=key, until=ends))
        self.forget_deleted()

    def erasure(self, conversation: str) -> float:
        """Return a number that grows with each deletion the id survives; 0 if there was none within a month."""
        query = sa.select(ERASED.c.until).where(ERASED.c.sender_id == _fingerprint(conversation))
        with self.engine.connect() as connection:
            return float(connection.execute(query).scalar() or 0.0)

    def forget_deleted(self) -> None:
        """Remove deleted data from SQLite's write-ahead log, too; PostgreSQL's autovacuum needs no help."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def has_heard(self, conversation: str, message_id: str) -> bool:
        """Return whether the message with this id has been answered."""
        query = sa.select(PROCESSED.c.timestamp).where(PROCESSED.c.sender_id == conversation)
        with self.engine.connect() as connection:
            return connection.execute(query.where(PROCESSED.c.message_id == message_id)).first() is not None

    @contextmanager
    def turn(self, conversation: str, message_id: str) -> Iterator[bool]:
        """Read what a turn begins with, in one statement; return whether its message has been answered.

        In this context, the first `retrieve` of the conversation does without a query. The caller holds its lock.
        """
        given = {"conversation": conversation, "message": message_id}
        with self.engine.connect() as connection:
            rows = sorted((row.id, row.data) for row in connection.execute(_TURN, given))
        is_answered = bool(rows) and rows[0][0] == _ANSWERED
        token = _read_ahead.set({conversation: [data for _, data in rows[is_answered:]]})
        try:
            yield is_answered
        finally:
            _read_ahead.reset(token)

    def is_erased(self, conversation: str) -> bool:
        """Return whether the conversation has been deleted."""
        query = sa.select(ERASED.c.until).where(ERASED.c.sender_id == conversation)
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def check(self) -> None:
        """Raise if the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(EVENTS.c.id).limit(1)).first()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the events added since the tracker was read, in one transaction."""
        if not tracker.events:  # Rasa starts a conversation with an empty tracker
            tracker.stored_events = 0
            return
        await self.stream_events(tracker)
        with self.session_scope() as session:
            new = list(self._additional_events(session, tracker))
            if new:
                self._write(session, tracker.sender_id, new)
        tracker.stored_events = len(tracker.events)

    def _write(self, session: Any, conversation: str, events: Sequence[Event]) -> None:
        heard = _heard(conversation, events)
        try:
            if heard:
                session.execute(PROCESSED.insert(), heard)
            session.execute(EVENTS.insert(), [_row(conversation, event) for event in events])
            session.commit()
        except IntegrityError:
            raise NotKeptError("this message was answered meanwhile, by another replica") from None

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        events = [_event(data) for data in self._stored(sender_id, fetch_events_from_all_sessions)]
        if not events:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    def _stored(self, conversation: str, is_everything: bool) -> list[dict[str, Any]]:
        if is_everything:
            return self.everything(conversation)
        ahead = _read_ahead.get({}).pop(conversation, None)
        return self._events(RECENT_EVENTS, conversation) if ahead is None else list(map(json.loads, ahead))

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterable[Event]:
        stored = getattr(tracker, "stored_events", None)
        if stored is None:  # not read from here: fall back to Rasa's count of the stored events
            counted: Iterable[Event] = super()._additional_events(session, tracker)
            return counted
        return list(tracker.events)[stored:]

    def _events(self, query: Any, conversation: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            rows = connection.execute(query, {"conversation": conversation})
            return [json.loads(data) for (data,) in rows]


def store_of(agent: Agent) -> ConversationStore:
    """Return the agent's conversation store."""
    # Rasa wraps every store in one that falls back to memory, without public access to the inner one.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise InvalidConfigException(
            f"endpoints.yml: wrong type of tracker_store (got {type(store).__name__} / "
            f"expected assistant.server.storage.tracker_store.ConversationStore)"
        )
    return store


def _address() -> str:
    settings = read(Settings)
    if settings.database_url:
        return settings.database_url
    settings.make_state_dir()
    return f"sqlite:///{settings.conversations}"


def _fingerprint(conversation: str) -> str:
    """Hash the id of a deleted conversation that stays in use; it cannot be reversed."""
    return f"calendar-{hashlib.sha256(conversation.encode()).hexdigest()}"


def _heard(conversation: str, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return one row per message, even if it held several questions."""
    said = [event for event in events if isinstance(event, UserUttered) and event.message_id]
    times = {event.message_id: event.timestamp or time.time() for event in said}
    return [{"sender_id": conversation, "message_id": key, "timestamp": at} for key, at in times.items()]


def _event(data: dict[str, Any]) -> Event:
    # Event.from_parameters searches all event classes for each event.
    return _EVENT_CLASSES[data.pop("event")]._from_parameters(data)


def _row(conversation: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": conversation,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
