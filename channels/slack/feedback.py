"""Thumbs on answers."""

from __future__ import annotations

import structlog

from channels.messages import Message
from channels.turn_log import short_hash

_log = structlog.get_logger("channels.slack.feedback")


def keep_feedback(conversation: str, answer: list[Message], part: int, helpful: bool) -> bool:
    """Notes whether one message of an answer helped; False where there is no such message."""
    if not 0 <= part < len(answer):
        return False
    metadata = answer[part].get("metadata") or {}
    _log.info(
        "feedback",
        channel="slack",
        conversation=short_hash(conversation),
        topic=metadata.get("topic"),
        outcome=metadata.get("outcome"),
        helpful=helpful,
    )
    return True
