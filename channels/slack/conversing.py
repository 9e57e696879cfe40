"""Turns of conversations that are held in Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.conversation_store import ConversationStore, store_of
from channels.messages import CollectedOutput, Message, as_plain_text
from channels.moving_window import MovingWindow
from channels.slack.places import Place, thread_prefix
from channels.transcript import answer_to, history
from channels.turns import take_turn

_AT_ONCE = 2  # turns; each keeps the event loop busy for some milliseconds, and acknowledging must not wait


class SlackOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """What `channel:` in a response refers to."""
        return "slack"


class Conversing:
    """What the channel asks of the assistant."""

    def __init__(self, app: Sanic, limit: MovingWindow) -> None:
        """`limit` is keyed by conversation."""
        self.app = app
        self._limit = limit
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def agent(self) -> Agent:
        """The agent that is loaded now."""
        return self.app.ctx.agent

    @property
    def store(self) -> ConversationStore:
        """Where conversations are kept."""
        return store_of(self.agent)

    def is_ready(self) -> bool:
        """Whether there is a model to answer with."""
        agent = getattr(self.app.ctx, "agent", None)
        return agent is not None and agent.is_ready()

    def is_too_fast(self, place: Place) -> bool:
        """Counts one message."""
        return self._limit.hit(place.conversation) > 0

    def takes_part(self, place: Place) -> bool:
        """Whether somebody has talked with the assistant in this thread."""
        if not place.thread:
            return False
        return bool(self.store.conversations(thread_prefix(place.team, place.channel, place.thread)))

    def offered(self, place: Place) -> list[dict[str, str]]:
        """All buttons that this conversation was offered, oldest first."""
        return [button for said in self.history(place) for button in said.get("buttons") or []]

    def history(self, place: Place) -> list[Message]:
        """The conversation so far."""
        return history(self.store, place.conversation)

    def answer_of(self, place: Place, turn: str) -> list[Message]:
        """What the assistant said in that turn; empty where that is not known any more."""
        return answer_to(self.store, place.conversation, turn) or []

    async def say(self, place: Place, turn: str, text: str, zone: str) -> Sequence[Message]:
        """The answer to what a person typed. The same turn again gets the same answer."""
        return await self._take(place, turn, as_plain_text(text), {"timezone": zone})

    async def press(self, place: Place, turn: str, payload: str, title: str, zone: str) -> Sequence[Message]:
        """The answer to a button, which has to be one that was offered."""
        return await self._take(place, turn, payload, {"timezone": zone, "title": title})

    async def _take(self, place: Place, turn: str, text: str, metadata: dict[str, Any]) -> Sequence[Message]:
        async with self._turns:
            answered = answer_to(self.store, place.conversation, turn)
            if answered is not None:
                return answered
            return await take_turn(self.agent, _for_rasa(place, turn, text, metadata))


def _for_rasa(place: Place, turn: str, text: str, metadata: dict[str, Any]) -> UserMessage:
    return UserMessage(
        text=text,
        output_channel=SlackOutput(),
        sender_id=place.conversation,
        input_channel=SlackOutput.name(),
        message_id=turn,
        metadata=metadata,
    )
