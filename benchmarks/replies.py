"""Replies to questions, reduced to what the benchmarks judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]

CLARIFY = "clarify"
NOT_COVERED = "not_covered"
URGENT = "urgent"


@dataclass(frozen=True)
class Reply:
    """An answer of the website channel."""

    topic: str
    outcome: str
    offered: tuple[str, ...] = ()
    """Topics of the buttons."""
    concern: str | None = None
    condition: str | None = None

    @property
    def is_answer(self) -> bool:
        """Return whether it is an answer rather than a clarification."""
        return self.outcome != CLARIFY


def reply_of(messages: Sequence[Message]) -> Reply:
    """Convert messages: the first one decides; the buttons of all count as offered."""
    about: Mapping[str, Any] = messages[0]["metadata"]
    buttons = [button for message in messages for button in message.get("buttons") or ()]
    return Reply(
        topic=str(about.get("topic")),
        outcome=str(about.get("outcome")),
        offered=tuple(topic_of(button["payload"]) for button in buttons),
        concern=about.get("concern"),
        condition=about.get("condition"),
    )


def topic_of(payload: str) -> str:
    """Return `treats` for `/treats` and for `/treats{"concern": "acne"}`."""
    return payload.removeprefix("/").partition("{")[0]
