"""One conversation in the terminal: the assistant in this process, lines in, messages of 80 columns out."""

from __future__ import annotations

import logging
import os
import re
import secrets
import textwrap
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import ButtonPress, RefusedError, Reply, TypedMessage
from assistant.core.protocol import URGENT, Message
from assistant.server.messages import CollectedOutput, apology
from assistant.server.observability import log_redaction
from assistant.server.rasa.compatibility import check
from assistant.server.rasa.patches import apply
from assistant.server.settings import read
from assistant.server.storage.erasure import NotKeptError
from assistant.settings import Settings

WIDTH = 80
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


async def loaded_agent(models: str, endpoints: str) -> Agent | None:
    """Load the latest model of a folder with the storage in `endpoints`; None if there is no model."""
    check()
    read(Settings).make_state_dir()
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    configure_structlog(logging.ERROR)
    agent = await load_agent(models, endpoints=AvailableEndpoints.read_endpoints(endpoints))
    log_redaction.redact_ids_of("terminal")
    log_redaction.install()
    apply(agent)
    return agent if agent.is_ready() else None


class TerminalOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """Return the channel name used by `channel:` in responses."""
        return "terminal"


class Conversation:
    """Remembers the buttons that were shown last."""

    def __init__(self, agent: Agent) -> None:
        """Begin a conversation."""
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
    """Return the IANA name of this machine's time zone if it can be found out, else UTC."""
    name = os.environ.get("TZ", "")
    link = Path("/etc/localtime")
    if not name and link.is_symlink():
        name = str(link.readlink()).rpartition("zoneinfo/")[2]
    return name or "UTC"


def rendered(message: Message, texts: Mapping[str, str], *, first_button: int = 1, bold: bool = False) -> str:
    """Render text, numbered buttons and sources; `bold` uses terminal escape sequences."""
    metadata = message["metadata"]
    parts = [texts["urgent"]] if metadata.get("outcome") == URGENT else []
    parts.append("\n".join(_lines(_styled(message["text"], bold))))
    if metadata.get("details"):
        parts.append(texts["more"])
    if metadata.get("disagreement"):
        parts.append("\n".join([texts["disagreement"], *_positions(metadata.get("positions") or ())]))
    if message.get("buttons"):
        parts.append(
            "\n".join(_wrap(f"{n}) ", b["title"]) for n, b in enumerate(message["buttons"], first_button))
        )
    if metadata.get("sources"):
        parts.append("\n".join([texts["sources"], *_sources(metadata["sources"])]))
    return "\n\n".join(part for part in parts if part)


def _styled(text: str, bold: bool) -> str:
    return _BOLD.sub("\033[1m\\1\033[0m" if bold else r"\1", text)


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield _wrap("- ", line[2:]) if line.startswith("- ") else _wrap("", line)


def _positions(positions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for position in positions:
        numbers = "".join(f"[{number}]" for number in position["sources"])
        yield _wrap("  - ", f"{position['text']} {numbers}")


def _sources(sources: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for number, source in enumerate(sources, start=1):
        named = (source.get("name") or source.get("title"), source.get("section"))
        yield _wrap(f"  [{number}] ", ", ".join(filter(None, named)))


def _wrap(mark: str, text: str) -> str:
    return textwrap.fill(mark + text, WIDTH, subsequent_indent=" " * len(mark), break_on_hyphens=False)
