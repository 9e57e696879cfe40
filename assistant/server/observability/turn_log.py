"""The turn log: one structured line per turn with topic, outcome and duration, never user text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timezone

import structlog

from assistant.core.protocol import Message
from assistant.server.observability.metrics import count_turn
from assistant.server.observability.request_ids import present_request_id

_log = structlog.get_logger("assistant.server.observability.turn_log")


def log_turn(
    channel: str,
    conversation: str,
    messages: Sequence[Message],
    confidence: float | None,
    milliseconds: float,
) -> None:
    """Log and count one turn. Topics of several answers are joined: `pain,downtime`."""
    count_turn(channel, messages, milliseconds)
    _log.info(
        "turn",
        request=present_request_id(),
        at=datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        channel=channel,
        conversation=short_hash(conversation),
        topic=_each(messages, "topic"),
        outcome=_each(messages, "outcome"),
        confidence=None if confidence is None else round(confidence, 3),
        milliseconds=round(milliseconds, 1),
    )


def short_hash(conversation: str) -> str:
    """Hash a conversation id, so that the log distinguishes conversations without identifying them."""
    return hashlib.sha256(conversation.encode()).hexdigest()[:8]


def _each(messages: Sequence[Message], key: str) -> str:
    return ",".join(dict.fromkeys(str(m["metadata"].get(key, "-")) for m in messages))
