"""Queries for the events of a conversation: what a turn reads, everything that lasts, and page by page.

The statements are built once. Each takes the parameter "conversation".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import SessionStarted
from sqlalchemy.engine import Engine

from assistant.server.storage.tables import ERASED, EVENTS, PROCESSED

TURNS_READ = 8  # latest turns that a turn reads; of earlier ones, it knows the slots

_CONVERSATION: Any = sa.bindparam("conversation")
OF_CONVERSATION = EVENTS.c.sender_id == _CONVERSATION
ANSWERED, ERASED_FOR_GOOD, LENGTH = -1, -2, -3  # less than any id of an event
PAGE: Final = 100  # events


def ids_of(column: Any = EVENTS.c.id) -> Any:
    """Select a column of the conversation's events."""
    return sa.select(column).where(OF_CONVERSATION)


def _last(*kinds: str) -> Any:
    query = ids_of(sa.func.max(EVENTS.c.id)).where(EVENTS.c.type_name.in_(kinds))
    return sa.func.coalesce(query.scalar_subquery(), 0)


def _beginning_of_recent_turns() -> Any:
    listening = sa.and_(EVENTS.c.type_name == "action", EVENTS.c.action_name == ACTION_LISTEN_NAME)
    query = ids_of().where(listening).order_by(EVENTS.c.id.desc())
    return sa.func.coalesce(query.offset(TURNS_READ).limit(1).scalar_subquery(), 0)


def _notice() -> Any:
    """Select the first message with the medical disclaimer, which is shown once per conversation."""
    given = ids_of().where(EVENTS.c.type_name == "bot", EVENTS.c.data.contains('"notice": true'))
    return sa.select(given.order_by(EVENTS.c.id).limit(1).subquery().c.id)


def _state(*conditions: Any) -> tuple[Any, Any]:
    begin = _last("session_started", "restart", "reset_slots")
    lasting = ids_of(sa.func.max(EVENTS.c.id)).where(EVENTS.c.id >= begin, *conditions)
    return (
        lasting.where(EVENTS.c.type_name == "slot").group_by(EVENTS.c.action_name),
        lasting.where(EVENTS.c.type_name == "active_loop").group_by(
            EVENTS.c.type_name
        ),  # no row if there is none
    )


def _recent_ids() -> Any:
    session, cut = _last(SessionStarted.type_name), _beginning_of_recent_turns()
    recent = ids_of().where(EVENTS.c.id >= session, EVENTS.c.id >= cut)
    parts = (*_state(EVENTS.c.id < cut), _notice(), recent)
    # ids in a union, not one condition with "or", which would scan every event of the conversation
    return sa.union_all(*parts)


def _turn() -> Any:
    """Select rows of id and data: the recent events, and for the other facts of `TurnStart` ids below zero."""
    processed = PROCESSED.c.sender_id == _CONVERSATION
    length = sa.cast(sa.func.count(), sa.String)
    return sa.union_all(
        sa.select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.id.in_(_recent_ids())),
        sa.select(sa.literal(ANSWERED), PROCESSED.c.message_id).where(
            processed, PROCESSED.c.message_id == sa.bindparam("message")
        ),
        sa.select(sa.literal(ERASED_FOR_GOOD), ERASED.c.sender_id).where(ERASED.c.sender_id == _CONVERSATION),
        sa.select(sa.literal(LENGTH), length).select_from(PROCESSED).where(processed),
    )


EVERY_EVENT = sa.select(EVENTS.c.data).where(OF_CONVERSATION).order_by(EVENTS.c.id)
"""Data of all events, oldest first."""
RECENT_EVENTS = sa.select(EVENTS.c.data).where(EVENTS.c.id.in_(_recent_ids())).order_by(EVENTS.c.id)
"""The session's latest turns, preceded by the state from before them: slots, active loop, disclaimer."""
TURN = _turn()
LASTING = sa.union_all(*_state())
"""Ids of the state: the values of the slots and the active loop."""


def event_pages(
    engine: Engine, conversation: str, kinds: Sequence[str] = ()
) -> Iterator[list[dict[str, Any]]]:
    """Yield the stored events, oldest first; of these `kinds` if there are any."""
    query = sa.select(EVENTS.c.id, EVENTS.c.data).where(EVENTS.c.sender_id == conversation)
    if kinds:
        query = query.where(EVENTS.c.type_name.in_(kinds))
    query, last = query.order_by(EVENTS.c.id).limit(PAGE), 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(query.where(EVENTS.c.id > last)).all()
        yield [json.loads(data) for _, data in rows]
        if len(rows) < PAGE:
            return
        last = rows[-1][0]
