"""The trained assistant in this process, with an action server, at any simulated time."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import time
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from assistant.channels.terminal.loader import loaded_agent
from assistant.channels.website.context import WebsiteOutput
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput, as_plain_text
from assistant.server.rasa.turns import take_turn
from benchmarks.processes import environment, failure, running
from benchmarks.run import ROOT

_PATIENCE = 60.0  # seconds until the action server listens
_Result = TypeVar("_Result")


class FrozenTimeAssistant:
    """Runs conversations with a given time for each message."""

    def __init__(self, agent: Agent, loop: asyncio.AbstractEventLoop) -> None:
        self._agent = agent
        self._loop = loop
        self._ids = itertools.count(1)

    def talk(self, says: Sequence[str], now: datetime, zone: str | None) -> list[list[Message]]:
        """Return the answers to the messages of a new conversation, all sent at the given time."""
        conversation = f"website-{uuid.uuid4().hex}"
        return [self.say(conversation, text, now, zone) for text in says]

    def say(self, conversation: str, text: str, now: datetime, zone: str | None) -> list[Message]:
        """Return the answers to a message sent at the given time."""
        message = UserMessage(
            as_plain_text(text),
            WebsiteOutput(),
            conversation,
            input_channel=CollectedOutput.name(),
            message_id=str(next(self._ids)),
            metadata={"timezone": zone, "at": now.isoformat()},
        )
        return self._run(take_turn(self._agent, message))

    def parse(self, text: str) -> dict[str, Any]:
        """Return the parse of a message without context."""
        return self._run(self._agent.parse_message(text))

    def _run(self, what: Coroutine[Any, Any, _Result]) -> _Result:
        return self._loop.run_until_complete(what)


@contextmanager
def clocked_assistant(folder: Path) -> Iterator[FrozenTimeAssistant]:
    """Run the project's model; conversations and logs go to the folder."""
    with action_server(folder) as port:
        os.environ.update(environment(folder), ACTION_PORT=str(port))
        loop = asyncio.new_event_loop()
        agent = loop.run_until_complete(loaded_agent(str(ROOT / "models"), str(ROOT / "endpoints.yml")))
        if agent is None:
            raise RuntimeError("There is no trained model: run `make train` first.")
        yield FrozenTimeAssistant(agent, loop)
        loop.close()


@contextmanager
def action_server(folder: Path) -> Iterator[int]:
    """Run an action server that logs to the folder; yields its port."""
    port, log = _free_port(), folder / "actions.log"
    arguments = ["-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    with running(arguments, ROOT, log) as process:
        _wait_for(port, process, log)
        yield port


def _wait_for(port: int, process: Any, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise failure("The action server did not start", log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
