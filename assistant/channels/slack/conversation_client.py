"""Runs the turns of Slack conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from redis.exceptions import RedisError
from sanic import Sanic

from assistant.channels.calendar_file import calendar_file
from assistant.channels.dates import picked_date
from assistant.channels.slack.blocks.timeline import Timeline, last_timeline
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput, as_plain_text
from assistant.server.observability.log_redaction import cause
from assistant.server.rasa.turns import take_turn
from assistant.server.storage.feedback import Feedback, keep
from assistant.server.storage.slack_ids import ConversationRef, thread_prefix
from assistant.server.storage.tracker_store import ConversationStore, store_of
from assistant.server.storage.transcript import events_of_answer, history, message_of
from assistant.server.traffic.rate_limits import Limit

_log = structlog.get_logger("assistant.channels.slack.conversation_client")

_AT_ONCE = 2  # concurrent turns; each blocks the event loop for some milliseconds, and acks must not wait


COMPUTED = "computed"
"""Metadata key of messages computed for this person."""


class SlackOutput(CollectedOutput):
    """Output channel under whose name responses can have variants for Slack."""

    @classmethod
    def name(cls) -> str:
        """Return the name used by `channel:` in responses."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect the response and flag computed messages."""
        first = len(self.messages)
        await super().send_response(recipient_id, message)
        self.messages[first:] = [_marked(said, message) for said in self.messages[first:]]


class ConversationClient:
    """The Slack channel's interface to the assistant."""

    def __init__(self, app: Sanic, limit: Limit) -> None:
        """`limit` is keyed by conversation."""
        self.app = app
        self._limit = limit
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def agent(self) -> Agent:
        """The currently loaded agent."""
        return self.app.ctx.agent

    @property
    def store(self) -> ConversationStore:
        """The conversation store."""
        return store_of(self.agent)

    def is_ready(self) -> bool:
        """Return whether a model is loaded."""
        agent = getattr(self.app.ctx, "agent", None)
        return agent is not None and agent.is_ready()

    async def is_too_fast(self, place: ConversationRef) -> bool:
        """Count a message against the rate limit. Without Redis, nobody is rejected."""
        try:
            return await self._limit.hit(place.conversation) > 0
        except RedisError as error:
            _log.error("rate_limit_unavailable", cause=cause(error))
            return False

    def takes_part(self, place: ConversationRef) -> bool:
        """Return whether anybody has talked with the assistant in this thread."""
        if not place.thread:
            return False
        return bool(self.store.conversations(thread_prefix(place.team, place.channel, place.thread)))

    def offered(self, place: ConversationRef) -> list[dict[str, str]]:
        """Return all buttons offered in this conversation, oldest first."""
        return [button for said in self.history(place) for button in said.get("buttons") or []]

    def history(self, place: ConversationRef) -> list[Message]:
        """Return the messages of the conversation."""
        return history(self.store, place.conversation)

    def answer_of(self, place: ConversationRef, turn: str) -> list[Message]:
        """Return the assistant's messages of that turn, or none if they are no longer stored."""
        events = events_of_answer(self.store, place.conversation, turn) or []
        return [
            _marked(message, event.get("metadata") or {})
            for event in events
            if (message := message_of(event)) is not None
        ]

    async def timeline(self, place: ConversationRef) -> Timeline | None:
        """Return the conversation's latest timeline, unless its date has been removed."""
        return last_timeline(self.history(place)) if await self.knows_date(place) else None

    async def knows_date(self, place: ConversationRef) -> bool:
        """Return whether the conversation has a treatment date."""
        tracker = await self.agent.tracker_store.retrieve(place.conversation)
        return tracker is not None and bool((tracker.get_slot("treatment") or {}).get("at"))

    async def calendar(self, place: ConversationRef) -> bytes | None:
        """Return the timeline as a calendar file, or None without a date."""
        return await calendar_file(self.agent, place.conversation, datetime.now(timezone.utc))

    def keep_feedback(self, place: ConversationRef, turn: str, part: int, helpful: bool) -> bool:
        """Store a rating of one message of an answer; return False if this person was never shown it."""
        if not 0 <= part < len(self.answer_of(place, turn)):
            return False
        keep(self.store.engine, place.conversation, Feedback((turn, part), helpful, None))
        return True

    async def say(self, place: ConversationRef, turn: str, text: str, zone: str | None) -> Sequence[Message]:
        """Answer a typed message. Repeating a turn returns the same answer."""
        return await self._take(place, turn, as_plain_text(text), {"timezone": zone})

    async def press(
        self, place: ConversationRef, turn: str, payload: str, title: str, zone: str | None
    ) -> Sequence[Message]:
        """Answer a button, which must have been offered."""
        return await self._take(place, turn, payload, {"timezone": zone, "title": title})

    async def pick(
        self, place: ConversationRef, turn: str, local: datetime, zone: str | None
    ) -> Sequence[Message]:
        """Answer a picked date, given in the person's local time."""
        # with the UTC offset: one hour occurs twice when daylight saving time ends
        date = picked_date(local.isoformat(timespec="minutes"), zone)
        return await self.press(place, turn, date.payload, date.sentence, zone)

    async def _take(
        self, place: ConversationRef, turn: str, text: str, metadata: dict[str, Any]
    ) -> Sequence[Message]:
        async with self._turns:
            answered = self.answer_of(place, turn)
            if answered:
                return answered
            return await take_turn(self.agent, _for_rasa(place, turn, text, metadata))


def _marked(message: Message, source: Mapping[str, Any]) -> Message:
    """Flag computed messages. Those from a response template do not depend on personal data."""
    if source.get("utter_action"):
        return message
    return {**message, "metadata": {**message["metadata"], COMPUTED: True}}


def _for_rasa(place: ConversationRef, turn: str, text: str, metadata: dict[str, Any]) -> UserMessage:
    return UserMessage(
        text=text,
        output_channel=SlackOutput(),
        sender_id=place.conversation,
        input_channel=SlackOutput.name(),
        message_id=turn,
        metadata=metadata,
    )
