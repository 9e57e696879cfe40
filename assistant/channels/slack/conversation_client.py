"""Turns of conversations that are held in Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

import structlog
from rasa.core.agent import Agent
from redis.exceptions import RedisError
from sanic import Sanic

from assistant.channels.calendar_file import calendar_file
from assistant.channels.conversation_service import (
    ButtonPress,
    ConversationService,
    DatePick,
    NotAnsweredError,
    NotReadyError,
    TypedMessage,
    agent_of,
    ready_agent_of,
)
from assistant.channels.slack.blocks.timeline import Timeline, last_timeline
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput
from assistant.server.observability.log_redaction import cause
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.slack_ids import ConversationRef, thread_prefix
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import Event, message_of
from assistant.server.traffic.rate_limits import Limit

_log = structlog.get_logger("assistant.channels.slack.conversation_client")

_AT_ONCE = 2  # turns; each keeps the event loop busy for some milliseconds, and acknowledging must not wait


COMPUTED = "computed"
"""In the metadata of a message: it was made for this person alone."""


class SlackOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """Return the channel name used by `channel:` in responses."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """As in the other channels, with a mark on what was computed."""
        first = len(self.messages)
        await super().send_response(recipient_id, message)
        self.messages[first:] = [_marked(said, message) for said in self.messages[first:]]


@dataclass(frozen=True)
class _LenientLimit:
    """Nobody is refused because Redis doesn't answer."""

    limit: Limit

    async def hit(self, key: str) -> int:
        """As `Limit.hit`."""
        try:
            return await self.limit.hit(key)
        except RedisError as error:
            _log.error("rate_limit_unavailable", cause=cause(error))
            return 0


class ConversationClient:
    """Slack's conversations with the assistant."""

    def __init__(self, app: Sanic, limit: Limit) -> None:
        """`limit` is keyed by conversation and counts what is typed."""
        self.app = app
        self._limit = _LenientLimit(limit)
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def agent(self) -> Agent:
        """The agent that is loaded now."""
        return agent_of(self.app)

    @property
    def _conversations(self) -> ConversationService:
        # a person has several conversations, which `deletion.erase_person` erases together
        return ConversationService(
            self.agent, SlackOutput, deletes_on_request=False, message_of=_marked_message
        )

    @property
    def store(self) -> ConversationStore:
        """Store of the conversations."""
        return self._conversations.store

    def is_ready(self) -> bool:
        """Return whether a model is loaded."""
        try:
            ready_agent_of(self.app)
        except NotReadyError:
            return False
        return True

    def takes_part(self, place: ConversationRef) -> bool:
        """Return whether the assistant takes part in this thread."""
        if not place.thread:
            return False
        return bool(self.store.conversations(thread_prefix(place.team, place.channel, place.thread)))

    def offered(self, place: ConversationRef) -> list[dict[str, str]]:
        """All buttons that this conversation was offered, oldest first."""
        return [button for said in self.history(place) for button in said.get("buttons") or []]

    def history(self, place: ConversationRef) -> list[Message]:
        """The conversation so far."""
        return self._conversations.history(place.conversation)

    def answer_of(self, place: ConversationRef, turn: str) -> list[Message]:
        """Return the assistant's messages of that turn; empty if it is no longer stored."""
        return self._conversations.answer_to(place.conversation, turn) or []

    async def timeline(self, place: ConversationRef) -> Timeline | None:
        """The last one that this conversation was shown, unless its date is forgotten."""
        return last_timeline(self.history(place)) if await self.knows_date(place) else None

    async def knows_date(self, place: ConversationRef) -> bool:
        """Return whether a treatment date is known."""
        tracker = await self.agent.tracker_store.retrieve(place.conversation)
        return tracker is not None and bool((tracker.get_slot("treatment") or {}).get("at"))

    async def calendar(self, place: ConversationRef) -> bytes | None:
        """The timeline as a calendar file; none where no date is known."""
        return await calendar_file(self.agent, place.conversation, datetime.now(timezone.utc))

    async def keep_feedback(self, place: ConversationRef, turn: str, part: int, helpful: bool) -> bool:
        """Notes whether one message of an answer helped; False where this person was never given it."""
        try:
            await self._conversations.rate(place.conversation, Feedback((turn, part), helpful, None))
        except NotAnsweredError:
            return False
        return True

    async def erase(self, conversation: str) -> None:
        """Deletes everything that is kept of it; the id may be used again."""
        await self._conversations.erase(conversation)

    async def say(self, place: ConversationRef, turn: str, text: str, zone: str | None) -> Sequence[Message]:
        """The answer to what a person typed. The same turn again gets the same answer."""
        conversations = replace(self._conversations, messages=self._limit)
        async with self._turns:
            return (await conversations.say(TypedMessage(place.conversation, turn, zone, text))).messages

    async def press(
        self, place: ConversationRef, turn: str, payload: str, zone: str | None
    ) -> Sequence[Message]:
        """The answer to a button, which has to be one that was offered."""
        press = ButtonPress(place.conversation, turn, zone, payload)
        async with self._turns:
            return (await self._conversations.press(press)).messages

    async def pick(
        self, place: ConversationRef, turn: str, local: datetime, zone: str | None
    ) -> Sequence[Message]:
        """The answer to a date that was picked, on the person's clock.

        `local` has an offset, as an hour comes twice when summer time ends.
        """
        pick = DatePick(place.conversation, turn, zone, local)
        async with self._turns:
            return (await self._conversations.pick(pick)).messages


def _marked_message(event: Event) -> Message | None:
    message = message_of(event)
    return message and _marked(message, event.get("metadata") or {})


def _marked(message: Message, source: Mapping[str, Any]) -> Message:
    """Answers that are computed rest on what this person said; those that Rasa took from a response do not."""
    if source.get("utter_action"):
        return message
    return {**message, "metadata": {**message["metadata"], COMPUTED: True}}
