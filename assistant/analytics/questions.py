"""Reads questions and their answers from the conversation database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from assistant.core.protocol import CLARIFY, ERROR, SMALLTALK

Event = Mapping[str, Any]
"""An event as stored by Rasa."""
Thumbs = Mapping[tuple[str, str, int], tuple[bool, str | None]]
"""Rating and comment by conversation, message and index of the answer."""

_EVENTS = sa.table(
    "events", sa.column("id"), sa.column("sender_id"), sa.column("type_name"), sa.column("data")
)
_FEEDBACK = sa.table(
    "feedback",
    *(sa.column(name) for name in ("sender_id", "message_id", "part", "helpful", "comment")),
)
REMARKS = frozenset({SMALLTALK})
"""Outcomes of messages that are not questions."""


@dataclass(frozen=True)
class Answer:
    """A message of the assistant."""

    topic: str
    outcome: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """Button titles by payload."""
    is_clarification: bool = False
    """A clarification; questions of the candidate check and requests for the date do not count."""
    helpful: bool | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Question:
    """A message or button press of a person, with its answers."""

    at: datetime
    channel: str
    conversation: str
    text: str
    pressed: str | None
    """Payload of a button."""
    entities: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]

    @property
    def week(self) -> str:
        """Return the ISO 8601 week, as in "2026-W47"."""
        year, week, _ = self.at.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def is_remark(self) -> bool:
        return all(answer.outcome in REMARKS for answer in self.answers)


def read_questions(engine: Engine) -> Iterator[Question]:
    """Yield all questions, grouped by conversation, each in chronological order."""
    query = (
        sa.select(_EVENTS.c.sender_id, _EVENTS.c.data)
        .where(_EVENTS.c.type_name.in_(("user", "bot")))
        .order_by(_EVENTS.c.sender_id, _EVENTS.c.id)
    )
    with engine.connect() as connection:
        thumbs = _thumbs(connection)
        rows = connection.execution_options(stream_results=True).execute(query)
        for conversation, events in groupby(rows, key=lambda row: str(row[0])):
            yield from _conversation(conversation, (json.loads(data) for _, data in events), thumbs)


def _thumbs(connection: Connection) -> Thumbs:
    """Return ratings of answers; empty if no channel stores them."""
    if not sa.inspect(connection).has_table("feedback"):
        return {}
    return {
        (row.sender_id, row.message_id, row.part): (bool(row.helpful), row.comment)
        for row in connection.execute(sa.select(_FEEDBACK))
    }


def _conversation(conversation: str, events: Iterable[Event], thumbs: Thumbs) -> Iterator[Question]:
    asked: Question | None = None
    message_id, part = "", 0
    for event in events:
        if event["event"] == "user":
            if asked is not None:
                yield asked
            asked = _asked(conversation, event)
            # further questions of the same message have a "part"
            if not (event.get("metadata") or {}).get("part"):
                message_id, part = event.get("message_id") or "", 0
        elif asked is not None:
            rated = thumbs.get((conversation, message_id, part), (None, None))
            answer = replace(_answer(event), helpful=rated[0], comment=rated[1])
            asked, part = replace(asked, answers=(*asked.answers, answer)), part + 1
    if asked is not None:
        yield asked


def _asked(conversation: str, event: Event) -> Question:
    text = event.get("text") or ""
    parsed = event.get("parse_data") or {}
    return Question(
        at=datetime.fromtimestamp(event["timestamp"], timezone.utc),
        channel=event.get("input_channel") or "",
        conversation=conversation,
        text=text,
        pressed=text if text.startswith("/") else None,
        entities=tuple(
            (str(each["entity"]), str(each["value"]))
            for each in parsed.get("entities") or ()
            if isinstance(each.get("value"), str)
        ),
        answers=(),
    )


def _answer(event: Event) -> Answer:
    about = (event.get("metadata") or {}).get("metadata") or {}
    data = event.get("data") or {}
    buttons = data.get("buttons") or []
    asks_of_itself = about.get("condition") or (data.get("custom") or {}).get("type")
    return Answer(
        topic=about.get("topic", "-"),
        outcome=about.get("outcome", ERROR),
        choices={button["payload"]: button["title"] for button in buttons},
        is_clarification=about.get("outcome") == CLARIFY and bool(buttons) and not asks_of_itself,
    )
