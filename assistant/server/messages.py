"""The assistant's messages as the API defines them: text, buttons, custom, metadata."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import OutputChannel

from assistant.core.protocol import Message

WORD_JOINER = "\u2060"

_APOLOGY = yaml.safe_load(Path(__file__).with_name("apology.yml").read_text("utf-8"))


def apology() -> Message:
    """Return the fixed message for a failed turn."""
    return {"text": _APOLOGY["text"], "metadata": dict(_APOLOGY["metadata"])}


def as_plain_text(text: str) -> str:
    """Escape user text that begins with "/", which Rasa would run as a command."""
    return WORD_JOINER + text if text.startswith("/") else text


def as_typed(text: str) -> str:
    """Reverse `as_plain_text`."""
    return text[1:] if text.startswith(WORD_JOINER + "/") else text


def assistant_message(said: Mapping[str, Any]) -> Message | None:
    """Convert one of Rasa's responses to an API message, or None if it has no content.

    `said` may have "text", "buttons", "custom" and "metadata".
    """
    message: Message = {"text": said.get("text") or ""}
    if said.get("buttons"):
        message["buttons"] = [{"title": b["title"], "payload": b["payload"]} for b in said["buttons"]]
    if said.get("custom"):
        message["custom"] = said["custom"]
    if message == {"text": ""}:
        return None
    message["metadata"] = said.get("metadata") or {}
    return message


class CollectedOutput(OutputChannel):
    """Collects the assistant's messages of one turn, one for each utterance."""

    def __init__(self) -> None:
        """Create an empty collector."""
        self.messages: list[Message] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect one response whole; Rasa's default splits text at blank lines, and text from cards."""
        shown = assistant_message(message)
        if shown is not None:
            self.messages.append(shown)
