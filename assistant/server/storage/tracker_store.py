"""SQL tracker store with search, deletion and constant-time turns."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from assistant.server.settings import read
from assistant.server.storage.database import Cleaner, engine_for, wait_for
from assistant.server.storage.erasure import (
    Erasure,
    NotKeptError,
    erase_conversation,
    erase_member,
    erasure_of,
    matching_ids,
    refuse_erased,
    serialize,
)
from assistant.server.storage.event_queries import (
    ANSWERED,
    ERASED_FOR_GOOD,
    EVERY_EVENT,
    LASTING,
    LENGTH,
    OF_CONVERSATION,
    RECENT_EVENTS,
    TURN,
    ids_of,
)
from assistant.server.storage.tables import EVENTS, FEEDBACK, PERSONAL, PROCESSED, create_tables
from assistant.settings import Settings

_read_ahead: ContextVar[dict[str, list[str]]] = ContextVar("read_ahead")
"""Data of the recent events by conversation, in a turn that has not retrieved them yet."""
_EVENT_CLASSES = {cls.type_name: cls for cls in all_subclasses(Event)}


@dataclass(frozen=True)
class TurnStart:
    """State of a conversation when a turn begins."""

    is_answered: bool
    """The turn's message has been answered."""
    is_erased: bool
    """The conversation has been deleted, and its id with it."""
    length: int
    """Number of answered messages."""


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
        self.cleaner = Cleaner(self.engine)
        wait_for(self.engine)
        create_tables(self.engine)

    def said(self, conversation: str, containing: str | None = None) -> list[dict[str, Any]]:
        """Return user and bot events, oldest first; with `containing`, only those that may hold that value."""
        query = EVERY_EVENT.where(EVENTS.c.type_name.in_(("user", "bot")))
        if containing is not None:
            query = query.where(EVENTS.c.data.contains(json.dumps(containing), autoescape=True))
        return self._events(query, conversation)

    def newest_answer(self, conversation: str) -> dict[str, Any] | None:
        """Return the newest bot event."""
        newest = (
            ids_of(EVENTS.c.data).where(EVENTS.c.type_name == "bot").order_by(EVENTS.c.id.desc()).limit(1)
        )
        return next(iter(self._events(newest, conversation)), None)

    def conversations(self, beginning: str) -> list[str]:
        """Return the ids with this prefix that have events."""
        return self._ids(matching_ids(EVENTS, beginning, "", self.engine.dialect.name))

    def kept(self, beginning: str = "", ending: str = "") -> list[str]:
        """Return the matching ids with any stored data; feedback may outlive the events it refers to."""
        dialect = self.engine.dialect.name
        return self._ids(sa.union(*(matching_ids(table, beginning, ending, dialect) for table in PERSONAL)))

    def _ids(self, query: Any) -> list[str]:
        with self.engine.connect() as connection:
            return [found for (found,) in connection.execute(query)]

    def erase(self, conversation: str, until: datetime | None = None) -> None:
        """Delete all data of a conversation and mark its id as deleted `until` its last token expires.

        Without `until` the id stays in use, and its calendar links are invalidated. Turns under way are not stored.
        """
        with self.engine.begin() as connection:
            erase_conversation(connection, conversation, until)
        self.forget_deleted()

    def erase_member(self, user: str) -> None:
        """Delete all data of a member of Slack, also of turns under way in conversations that have just begun."""
        with self.engine.begin() as connection:
            erase_member(connection, user)
        self.forget_deleted()

    def erasure_state(self, conversation: str) -> Erasure:
        """Return the state that work on the conversation begins with, and has to find again when it writes."""
        with self.engine.connect() as connection:
            return erasure_of(connection, conversation)

    def erasure(self, conversation: str) -> float:
        """Return a number that grows with each deletion the id survives; 0 if there was none within a month."""
        return self.erasure_state(conversation).version

    @contextmanager
    def writing(self, conversation: str, version: float | None) -> Iterator[Connection]:
        """Open a transaction that raises `ErasedMeanwhileError` at its end after an erasure since `version`."""
        with self.engine.begin() as connection:
            serialize(connection, conversation)
            yield connection
            refuse_erased(connection, conversation, version)

    def forget_deleted(self) -> None:
        """Remove deleted data from SQLite's files, too; `clean_periodically` repeats what did not succeed."""
        self.cleaner.clean_soon()

    def has_processed(self, conversation: str, message_id: str) -> bool:
        """Return whether the message with this id has been answered."""
        query = sa.select(PROCESSED.c.timestamp).where(PROCESSED.c.sender_id == conversation)
        with self.engine.connect() as connection:
            return connection.execute(query.where(PROCESSED.c.message_id == message_id)).first() is not None

    @contextmanager
    def turn(self, conversation: str, message_id: str) -> Iterator[TurnStart]:
        """Read what a turn begins with, in one statement.

        In this context, the first `retrieve` of the conversation does without a query. The caller holds its lock.
        """
        given = {"conversation": conversation, "message": message_id}
        with self.engine.connect() as connection:
            found = {row.id: row.data for row in connection.execute(TURN, given)}
        start = TurnStart(ANSWERED in found, ERASED_FOR_GOOD in found, int(found[LENGTH]))
        token = _read_ahead.set({conversation: [found[number] for number in sorted(found) if number > 0]})
        try:
            yield start
        finally:
            _read_ahead.reset(token)

    def is_erased(self, conversation: str) -> bool:
        """Return whether the conversation has been deleted, and its id with it."""
        return self.erasure_state(conversation).is_final

    def check(self) -> None:
        """Raise if the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(EVENTS.c.id).limit(1)).first()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the events added since the tracker was read, in one transaction.

        Two attributes of the tracker, if set, count: `erasure_version`, see `writing`, and `begins_anew`, by which of
        earlier turns only the state is kept.
        """
        if not tracker.events:  # Rasa starts a conversation with an empty tracker
            tracker.stored_events = 0
            return
        await self.stream_events(tracker)
        new = self._new_events(tracker)
        if new:
            self._write(tracker, new)
        tracker.stored_events = len(tracker.events)

    def _write(self, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
        conversation = tracker.sender_id
        heard = _processed_rows(conversation, events)
        try:
            with self.writing(conversation, getattr(tracker, "erasure_version", None)) as connection:
                if heard:
                    connection.execute(PROCESSED.insert(), heard)
                if getattr(tracker, "begins_anew", False):
                    _forget_turns(connection, conversation, [row["message_id"] for row in heard])
                connection.execute(EVENTS.insert(), [_row(conversation, event) for event in events])
            if getattr(tracker, "begins_anew", False):
                self.cleaner.clean_later()
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
            return self._events(EVERY_EVENT, conversation)
        ahead = _read_ahead.get({}).pop(conversation, None)
        return self._events(RECENT_EVENTS, conversation) if ahead is None else list(map(json.loads, ahead))

    def _new_events(self, tracker: DialogueStateTracker) -> Sequence[Event]:
        stored = getattr(tracker, "stored_events", None)
        if stored is not None:
            return list(tracker.events)[stored:]
        with self.session_scope() as session:  # not read from here: Rasa counts the stored events
            return list(self._additional_events(session, tracker))

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


def _forget_turns(connection: Connection, conversation: str, kept_messages: Sequence[str]) -> None:
    """Delete all turns but the state: the values of the slots and the active loop."""
    of_it = {"conversation": conversation}
    connection.execute(EVENTS.delete().where(OF_CONVERSATION, EVENTS.c.id.not_in(LASTING)), of_it)
    for table in (PROCESSED, FEEDBACK):
        others = table.c.message_id.not_in(kept_messages)
        connection.execute(table.delete().where(table.c.sender_id == conversation, others))


def _processed_rows(conversation: str, events: Sequence[Event]) -> list[dict[str, Any]]:
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
