"""Tables of the conversation database: Rasa's events, processed messages, feedback, deletions and flags."""

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
"""Written in the same transaction as a turn's events: no message is answered twice, even if a lock fails."""

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
"""Ratings of answers; see assistant/server/storage/feedback.py."""

PERSONAL = (EVENTS, PROCESSED, FEEDBACK)
"""Tables with personal data, covered by deletion and retention; each has a sender_id and a timestamp."""

ERASED = sa.Table(
    "erased_conversations",
    _OURS,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
)
"""Ids of deleted conversations until their last token has expired, and fingerprints of ids that stay in use until their

last calendar link has expired.
"""

FLAGS = sa.Table(
    "switches",
    _OURS,
    sa.Column("name", sa.String(50), primary_key=True),
    sa.Column("value", sa.String(255), nullable=False),
    sa.Column("since", sa.Float, nullable=False),
)
"""Runtime flags; see assistant/server/storage/runtime_flags.py."""

# Rasa's table is indexed by sender_id only.
_INDEXES = {
    "events_in_order": "events (sender_id, id)",
    "events_by_kind": "events (sender_id, type_name, action_name, id)",
    "events_by_age": "events (timestamp)",
}


def create_tables(engine: Engine) -> None:
    """Create missing tables and indexes. Safe when several replicas start together."""
    with schema_change(engine) as connection:
        SQLTrackerStore.Base.metadata.create_all(connection)
        _OURS.create_all(connection)
        for name, columns in _INDEXES.items():
            connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
