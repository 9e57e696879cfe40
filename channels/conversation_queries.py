"""What is read of a conversation, as SQL: all of it, or as much as a turn needs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import SessionStarted

from channels.tables import EVENTS

TURNS_READ = 8  # the newest turns that a turn looks back on; of what was before, it knows the slots

_OF_IT = EVENTS.c.sender_id == sa.bindparam("conversation")


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
    """The first message with the notice that this is no medical advice: it is said once."""
    given = _ids().where(EVENTS.c.type_name == "bot", EVENTS.c.data.contains('"notice": true'))
    return sa.select(given.order_by(EVENTS.c.id).limit(1).subquery().c.id)


def _recent_events() -> Any:
    begin = _last("session_started", "restart", "reset_slots")
    session, cut = _last(SessionStarted.type_name), _beginning_of_recent_turns()
    lasting = _ids(sa.func.max(EVENTS.c.id)).where(EVENTS.c.id >= begin, EVENTS.c.id < cut)
    parts = (
        lasting.where(EVENTS.c.type_name == "slot").group_by(EVENTS.c.action_name),
        lasting.where(EVENTS.c.type_name == "active_loop"),
        _notice(),
        _ids().where(EVENTS.c.id >= session, EVENTS.c.id >= cut),
    )
    # by ids, not by one condition with "or": that would look at every event that the person ever caused
    return sa.select(EVENTS.c.data).where(EVENTS.c.id.in_(sa.union_all(*parts))).order_by(EVENTS.c.id)


# made once: each takes the parameter "conversation"
EVERY_EVENT = sa.select(EVENTS.c.data).where(_OF_IT).order_by(EVENTS.c.id)
"""Data of all events, oldest first."""
RECENT_EVENTS = _recent_events()
"""The newest turns of the session, after what lasts from before them: slots, loop, that the notice was given."""
