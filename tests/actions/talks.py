"""Talks of somebody in New York with the trained assistant."""

from __future__ import annotations

from typing import Any

from tests.servers import Visitor

ZONE = "America/New_York"
Message = dict[str, Any]


def ask(person: Visitor, *texts: str) -> list[Message]:
    """Return the messages that answer the last of the texts."""
    return [person.say(text, timezone=ZONE) for text in texts][-1]
