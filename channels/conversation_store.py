"""Where conversations are kept: Rasa's SQL tracker store, quicker, and able to search and to erase.

endpoints.yml names this class. Rasa's own store opens a file for each query, builds and counts the whole
conversation on each turn, can't delete, and lets a database error carry people's words into the log.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import URL
from sqlalchemy.pool import QueuePool

from channels import feedback

_EVENTS = SQLTrackerStore.SQLEvent.__table__
_ERASED = sa.Table(
    "erased_conversations",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
)
_SQLITE_SETTINGS = ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON", "busy_timeout = 5000")
_EVENT_CLASSES = {cls.type_name: cls for cls in all_subclasses(Event)}


class ConversationStore(SQLTrackerStore):
    """SQLite or PostgreSQL. Every method is one short transaction."""

    engine: Engine
    sessionmaker: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        """The arguments are those of Rasa's store: `url` in endpoints.yml comes as `host`."""
        super().__init__(*given, **named)
        self.engine = _engine(self.engine.url)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)
        _ERASED.create(self.engine, checkfirst=True)
        feedback.make_table(self.engine)

    def said(self, conversation: str, containing: str | None = None) -> list[dict[str, Any]]:
        """What was said, oldest first; with `containing` only the events that may hold that value."""
        query = _of(conversation).where(_EVENTS.c.type_name.in_(("user", "bot")))
        if containing is not None:
            query = query.where(_EVENTS.c.data.contains(json.dumps(containing), autoescape=True))
        return self._events(query)

    def erase(self, conversation: str, until: datetime) -> None:
        """Deletes every event and thumb; the id counts as erased `until` its last token has expired."""
        with self.engine.begin() as connection:
            connection.execute(_EVENTS.delete().where(_EVENTS.c.sender_id == conversation))
            feedback.erase(connection, conversation)
            connection.execute(_ERASED.delete().where(_ERASED.c.until < time.time()))
            connection.execute(_ERASED.delete().where(_ERASED.c.sender_id == conversation))
            connection.execute(_ERASED.insert().values(sender_id=conversation, until=until.timestamp()))
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:  # what was deleted leaves the write-ahead log, too
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_erased(self, conversation: str) -> bool:
        """Whether this conversation was erased before."""
        query = sa.select(_ERASED.c.until).where(_ERASED.c.sender_id == conversation)
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def check(self) -> None:
        """Raises when storage doesn't answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(_EVENTS.c.id).limit(1)).first()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes the events that are new since the tracker was read."""
        if not tracker.events:  # how Rasa begins a conversation: nothing to write, nothing to count
            tracker.stored_events = 0
            return
        await self.stream_events(tracker)
        with self.session_scope() as session:
            new = list(self._additional_events(session, tracker))
            if new:
                session.execute(_EVENTS.insert(), [_row(tracker.sender_id, event) for event in new])
            session.commit()
        tracker.stored_events = len(tracker.events)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        query = _of(sender_id)
        if not fetch_events_from_all_sessions:
            query = query.where(_EVENTS.c.id >= sa.func.coalesce(_last_session_start(sender_id), 0))
        events = [_event(data) for data in self._events(query)]
        if not events:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterable[Event]:
        stored = getattr(tracker, "stored_events", None)
        if stored is None:  # not read from here: Rasa's way, which counts what is in the database
            counted: Iterable[Event] = super()._additional_events(session, tracker)
            return counted
        return list(tracker.events)[stored:]

    def _events(self, query: Any) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [json.loads(data) for (data,) in connection.execute(query)]


def store_of(agent: Agent) -> ConversationStore:
    """The store that this agent keeps its conversations in."""
    # Rasa wraps every store in one that falls back to memory, and gives no public way in.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise InvalidConfigException(
            f"endpoints.yml: wrong type of tracker_store (got {type(store).__name__} / "
            f"expected channels.conversation_store.ConversationStore)"
        )
    return store


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return sa.create_engine(url, hide_parameters=True, **create_engine_kwargs(url))
    engine = sa.create_engine(url, hide_parameters=True, poolclass=QueuePool)
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _record: object) -> None:
    """Writing doesn't stop reading, a commit doesn't wait for the disk, what is deleted is overwritten."""
    for setting in _SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _of(conversation: str) -> Any:
    return sa.select(_EVENTS.c.data).where(_EVENTS.c.sender_id == conversation).order_by(_EVENTS.c.id)


def _last_session_start(conversation: str) -> Any:
    query = sa.select(sa.func.max(_EVENTS.c.id)).where(_EVENTS.c.sender_id == conversation)
    return query.where(_EVENTS.c.type_name == SessionStarted.type_name).scalar_subquery()


def _event(data: dict[str, Any]) -> Event:
    # Event.from_parameters walks all classes of events, for each event.
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
