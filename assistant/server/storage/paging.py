"""Reading a long conversation page by page, so that no step takes long or holds much."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from assistant.server.storage.tables import EVENTS

PAGE: Final = 100  # events


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
