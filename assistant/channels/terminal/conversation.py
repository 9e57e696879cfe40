"""One conversation in the terminal: lines in, messages out, buttons by number."""

from __future__ import annotations

import os
import secrets
import uuid
from pathlib import Path

from rasa.core.agent import Agent

from assistant.channels.conversation_service import (
    ButtonPress,
    ConversationService,
    RefusedError,
    Reply,
    TypedMessage,
)
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput, apology
from assistant.server.storage.erasure import NotKeptError


class TerminalOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """Return the channel name used by `channel:` in responses."""
        return "terminal"


class Conversation:
    """Remembers the buttons that were shown last."""

    def __init__(self, agent: Agent) -> None:
        """A new conversation, kept where all of them are."""
        self._service = ConversationService(agent, TerminalOutput)
        self._id = f"terminal-{secrets.token_urlsafe(24)}"
        self._payloads: list[str] = []

    async def say(self, line: str) -> list[Message]:
        """Return the answer to a line; the number of a button presses it."""
        try:
            answer = (await self._send(line)).messages
        except (NotKeptError, RefusedError):
            answer = [apology()]
        self._payloads = [button["payload"] for message in answer for button in message.get("buttons", [])]
        return answer

    async def _send(self, line: str) -> Reply:
        incoming = (self._id, uuid.uuid4().hex, local_timezone())
        number = int(line) if line.isascii() and line.isdigit() else 0
        if 1 <= number <= len(self._payloads):
            return await self._service.press(ButtonPress(*incoming, self._payloads[number - 1]))
        return await self._service.say(TypedMessage(*incoming, line))


def local_timezone() -> str:
    """The IANA name of this machine's time zone where it can be found out, else UTC."""
    name = os.environ.get("TZ", "")
    link = Path("/etc/localtime")
    if not name and link.is_symlink():
        name = str(link.readlink()).rpartition("zoneinfo/")[2]
    return name or "UTC"
