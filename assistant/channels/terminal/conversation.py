"""A terminal conversation: lines in, messages out, buttons by number."""

from __future__ import annotations

import os
import secrets
import uuid
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput, apology, as_plain_text
from assistant.server.rasa.turns import take_turn
from assistant.server.storage.deletion import delete_as_requested, is_deletion_request
from assistant.server.storage.tracker_store import NotKeptError


class TerminalOutput(CollectedOutput):
    """Output channel under whose name responses can have variants for the terminal."""

    @classmethod
    def name(cls) -> str:
        """Return the name used by `channel:` in responses."""
        return "terminal"


class Conversation:
    """One conversation; keeps the buttons displayed last."""

    def __init__(self, agent: Agent) -> None:
        """Start a conversation in the agent's store."""
        self._agent = agent
        self._id = f"terminal-{secrets.token_urlsafe(24)}"
        self._buttons: list[dict[str, str]] = []

    async def say(self, line: str) -> list[Message]:
        """Answer a line; the number of a displayed button selects it."""
        number = int(line) if line.isascii() and line.isdigit() else 0
        metadata = {"timezone": local_timezone()}
        if 1 <= number <= len(self._buttons):
            button = self._buttons[number - 1]
            text, metadata["title"] = button["payload"], button["title"]
        else:
            text = as_plain_text(line)
        try:
            if is_deletion_request(line):
                return delete_as_requested(self._agent, TerminalOutput.name(), self._id)
            answer = await take_turn(self._agent, self._message(text, metadata))
        except NotKeptError:
            answer = [apology()]
        self._buttons = [button for message in answer for button in message.get("buttons", [])]
        return answer

    def _message(self, text: str, metadata: dict[str, str]) -> UserMessage:
        return UserMessage(
            text,
            TerminalOutput(),
            self._id,
            input_channel=TerminalOutput.name(),
            message_id=uuid.uuid4().hex,
            metadata=metadata,
        )


def local_timezone() -> str:
    """Return the IANA name of the machine's time zone, or UTC if it cannot be determined."""
    name = os.environ.get("TZ", "")
    link = Path("/etc/localtime")
    if not name and link.is_symlink():
        name = str(link.readlink()).rpartition("zoneinfo/")[2]
    return name or "UTC"
