"""Feedback on answers: helpful or not, with an optional comment. Deleted with the conversation."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from assistant.core.protocol import Message
from assistant.server.storage.tables import FEEDBACK

Answer = tuple[str, int]
"""The id of the user message and the index of the message in its answer, from 0."""


@dataclass(frozen=True)
class Feedback:
    """A person's rating of one message of an answer."""

    answer: Answer
    helpful: bool
    comment: str | None


def keep(connection: Connection, conversation: str, feedback: Feedback) -> None:
    """Store the feedback, replacing earlier feedback on the same message."""
    message_id, part = feedback.answer
    same = (FEEDBACK.c.message_id == message_id) & (FEEDBACK.c.part == part)
    connection.execute(FEEDBACK.delete().where((FEEDBACK.c.sender_id == conversation) & same))
    connection.execute(
        FEEDBACK.insert().values(
            sender_id=conversation,
            message_id=message_id,
            part=part,
            helpful=feedback.helpful,
            comment=feedback.comment,
            timestamp=time.time(),
        )
    )


def given(engine: Engine, conversation: str) -> dict[Answer, bool]:
    """Return the conversation's ratings by answer."""
    columns = (FEEDBACK.c.message_id, FEEDBACK.c.part, FEEDBACK.c.helpful)
    query = sa.select(*columns).where(FEEDBACK.c.sender_id == conversation)
    with engine.connect() as connection:
        return {(message_id, part): helpful for message_id, part, helpful in connection.execute(query)}


def kept(engine: Engine, conversation: str) -> list[dict[str, Any]]:
    """Return all stored feedback of the conversation, for the export."""
    columns = (
        FEEDBACK.c.message_id,
        FEEDBACK.c.part,
        FEEDBACK.c.helpful,
        FEEDBACK.c.comment,
        FEEDBACK.c.timestamp,
    )
    query = sa.select(*columns).where(FEEDBACK.c.sender_id == conversation).order_by(FEEDBACK.c.timestamp)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def with_feedback(pages: Iterable[list[Message]], thumbs: Mapping[Answer, bool]) -> Iterator[list[Message]]:
    """Add the stored ratings to the messages of a history."""
    message_id, part = "", 0
    for page in pages:
        for message in page:
            if message["role"] == "user":
                message_id, part = message["id"], 0
                continue
            helpful = thumbs.get((message_id, part))
            if helpful is not None:
                message["helpful"] = helpful
            part += 1
        yield page
