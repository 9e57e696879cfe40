"""Whether answers helped, and a word on what was missing: kept beside the conversation, erased with it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from channels.messages import Message

_FEEDBACK = sa.Table(
    "feedback",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=True),
    sa.Column("at", sa.Float, nullable=False),
)

Answer = tuple[str, int]
"""The id of the message that was answered, and which of the answer's messages is meant, from 0."""


@dataclass(frozen=True)
class Feedback:
    """What a person thinks of one message of an answer."""

    answer: Answer
    helpful: bool
    comment: str | None


def make_table(engine: Engine) -> None:
    """Makes the table where it is missing."""
    _FEEDBACK.create(engine, checkfirst=True)


def keep(engine: Engine, conversation: str, feedback: Feedback) -> None:
    """A second one on the same message replaces the first."""
    message_id, part = feedback.answer
    with engine.begin() as connection:
        same = (_FEEDBACK.c.message_id == message_id) & (_FEEDBACK.c.part == part)
        connection.execute(_FEEDBACK.delete().where((_FEEDBACK.c.sender_id == conversation) & same))
        connection.execute(
            _FEEDBACK.insert().values(
                sender_id=conversation,
                message_id=message_id,
                part=part,
                helpful=feedback.helpful,
                comment=feedback.comment,
                at=time.time(),
            )
        )


def given(engine: Engine, conversation: str) -> dict[Answer, bool]:
    """What this conversation was told to be helpful or not."""
    columns = (_FEEDBACK.c.message_id, _FEEDBACK.c.part, _FEEDBACK.c.helpful)
    query = sa.select(*columns).where(_FEEDBACK.c.sender_id == conversation)
    with engine.connect() as connection:
        return {(message_id, part): helpful for message_id, part, helpful in connection.execute(query)}


def erase(connection: Connection, conversation: str) -> None:
    """Deletes everything about this conversation."""
    connection.execute(_FEEDBACK.delete().where(_FEEDBACK.c.sender_id == conversation))


def with_feedback(messages: Iterable[Message], thumbs: Mapping[Answer, bool]) -> Iterator[Message]:
    """A history whose messages say whether they helped, where that is known."""
    message_id, part = "", 0
    for message in messages:
        if message["role"] == "user":
            message_id, part = message["id"], 0
            yield message
            continue
        helpful = thumbs.get((message_id, part))
        yield message if helpful is None else {**message, "helpful": helpful}
        part += 1
