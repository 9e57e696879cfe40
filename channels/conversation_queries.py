"""What is read of a conversation, as SQL: all of it, or as much as a turn needs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import SessionStarted

from channels.tables import EVENTS

TURNS_READ = 12  # the newest turns that a turn looks back on; of what was before, it knows the slots


def events_of(conversation: str) -> Any:
    return sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == conversation).order_by(EVENTS.c.id)


def recent_events_of(conversation: str) -> Any:
    """The newest turns of the session, after the last values of the slots and the loop from before them."""
    begin = sa.func.coalesce(_last(conversation, "session_started", "restart", "reset_slots"), 0)
    cut = sa.func.coalesce(_beginning_of_recent_turns(conversation), 0)
    lasting = _ids(conversation, sa.func.max(EVENTS.c.id)).where(EVENTS.c.id >= begin, EVENTS.c.id < cut)
    slots = lasting.where(EVENTS.c.type_name == "slot").group_by(EVENTS.c.action_name)
    loop = lasting.where(EVENTS.c.type_name == "active_loop")
    session = sa.func.coalesce(_last(conversation, SessionStarted.type_name), 0)
    recent = sa.and_(EVENTS.c.id >= session, EVENTS.c.id >= cut)
    return events_of(conversation).where(sa.or_(recent, EVENTS.c.id.in_(slots), EVENTS.c.id.in_(loop)))


def _ids(conversation: str, column: Any = EVENTS.c.id) -> Any:
    return sa.select(column).where(EVENTS.c.sender_id == conversation)


def _last(conversation: str, *kinds: str) -> Any:
    query = _ids(conversation, sa.func.max(EVENTS.c.id)).where(EVENTS.c.type_name.in_(kinds))
    return query.scalar_subquery()


def _beginning_of_recent_turns(conversation: str) -> Any:
    listening = sa.and_(EVENTS.c.type_name == "action", EVENTS.c.action_name == ACTION_LISTEN_NAME)
    query = _ids(conversation).where(listening).order_by(EVENTS.c.id.desc())
    return query.offset(TURNS_READ).limit(1).scalar_subquery()
