"""The assistant's messages as the API defines them: text, buttons, custom, metadata; and those the server writes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

from assistant.core.content.texts import load_replies
from assistant.core.protocol import LONGEST_TEXT, Message

WORD_JOINER = "\u2060"

REPLIES = load_replies()
"""Messages that no response and no action writes."""


def is_too_long(text: str) -> bool:
    """Return whether the text exceeds the limit, as typed or after Unicode normalization.

    One character may expand to many: U+FDFA becomes a phrase of 18 letters.
    """
    return len(text) > LONGEST_TEXT or len(unicodedata.normalize("NFKC", text).lower()) > LONGEST_TEXT


def apology() -> Message:
    """Return the message for a failed turn."""
    return REPLIES.apology.message()


def too_long() -> Message:
    """Return the message for a text that is too long."""
    return REPLIES.too_long.message(longest=f"{LONGEST_TEXT:,}")


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
