"""The assistant's messages in the form of the contract: text, buttons, custom, metadata."""

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
    """The fixed sentence for a turn that failed, as a message of its own."""
    return {"text": _APOLOGY["text"], "metadata": dict(_APOLOGY["metadata"])}


def as_plain_text(text: str) -> str:
    """What a person typed, so that Rasa never takes it for a command (it does when it begins with "/")."""
    return WORD_JOINER + text if text.startswith("/") else text


def as_typed(text: str) -> str:
    """The opposite of `as_plain_text`."""
    return text[1:] if text.startswith(WORD_JOINER + "/") else text


def assistant_message(said: Mapping[str, Any]) -> Message | None:
    """One message of the contract from what Rasa sends, or none when there is nothing in it to show.

    `said` has "text", "buttons", "custom" and "metadata", each of which may be missing.
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
    """Keeps what the assistant says in one turn, one message for each utterance."""

    def __init__(self) -> None:
        """Starts empty."""
        self.messages: list[Message] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Rasa's own version splits text at empty lines, and text from cards."""
        shown = assistant_message(message)
        if shown is not None:
            self.messages.append(shown)
