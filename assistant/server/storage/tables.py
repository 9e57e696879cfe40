"""The tables of the conversation database: Rasa's events, what was heard, what helped, and what was erased."""

from __future__ import annotations

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Engine

from assistant.server.storage.database import schema_change

EVENTS = SQLTrackerStore.SQLEvent.__table__

_OURS = sa.MetaData()

PROCESSED = sa.Table(
    "heard_messages",
    _OURS,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("timestamp", sa.Float, nullable=False, index=True),
)
"""Written together with a turn's events: no message is ever answered twice, whatever happens to the locks."""

FEEDBACK = sa.Table(
    "feedback",
    _OURS,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=True),
    sa.Column("timestamp", sa.Float, nullable=False, index=True),
)
"""Whether answers helped; see assistant/channels/feedback.py."""

PERSONAL = (EVENTS, PROCESSED, FEEDBACK)
"""What erasing and retention delete from: tables with a sender_id and a timestamp."""

ERASED = sa.Table(
    "erased_conversations",
    _OURS,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
)
"""The ids of erased conversations, until their last token has expired, and fingerprints of ids that live on, until
the last link to their calendar has run out."""

SWITCHES = sa.Table(
    "switches",
    _OURS,
    sa.Column("name", sa.String(50), primary_key=True),
    sa.Column("value", sa.String(255), nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)
"""What operators have switched; see assistant/channels/switches.py."""

# Rasa's table has one index, on sender_id alone.
_INDEXES = {
    "events_in_order": "events (sender_id, id)",
    "events_by_kind": "events (sender_id, type_name, action_name, id)",
    "events_by_age": "events (timestamp)",
}


def create_tables(engine: Engine) -> None:
    """Creates what is missing, once, however many replicas begin together."""
    with schema_change(engine) as connection:
        SQLTrackerStore.Base.metadata.create_all(connection)
        _OURS.create_all(connection)
        for name, columns in _INDEXES.items():
            connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
