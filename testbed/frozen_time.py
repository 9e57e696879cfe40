"""The trained assistant in this process, with an action server, at any simulated time."""

from __future__ import annotations

import asyncio
import itertools
import os
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from assistant.channels.terminal.conversation import loaded_agent
from assistant.channels.website.context import WebsiteOutput
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput, as_plain_text
from assistant.server.rasa.turns import take_turn
from testbed.environment import ROOT
from testbed.processes import action_server, environment

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

    def parse(self, text: str) -> dict[str, Any]:
        """Return the parse of a message without context."""
        return self._run(self._agent.parse_message(text))

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

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return self._loop.run_until_complete(work)


@contextmanager
def frozen_time_assistant(folder: Path) -> Iterator[FrozenTimeAssistant]:
    """Run the project's model; conversations and logs go to the folder."""
    with action_server(folder) as port:
        os.environ.update(environment(folder, {"ACTION_PORT": str(port)}))
        loop = asyncio.new_event_loop()
        agent = loop.run_until_complete(loaded_agent(str(ROOT / "models"), str(ROOT / "endpoints.yml")))
        if agent is None:
            raise RuntimeError("There is no trained model: run `make train` first.")
        yield FrozenTimeAssistant(agent, loop)
        loop.close()
