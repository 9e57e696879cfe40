"""Conversations held in Slack: their turns, what Slack knows of the people, and links to their calendars."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any
from zoneinfo import available_timezones

import structlog
from cachetools import TTLCache
from rasa.core.agent import Agent
from redis.exceptions import RedisError
from sanic import Sanic
from slack_sdk.errors import SlackApiError

from assistant.channels.aftercare import calendar_file
from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import (
    ButtonPress,
    DatePick,
    NotAnsweredError,
    NotReadyError,
    TypedMessage,
    agent_of,
    ready_agent_of,
)
from assistant.channels.slack.blocks.answer import COMPUTED
from assistant.channels.slack.blocks.timeline import Timeline, last_timeline
from assistant.channels.slack.settings import Settings
from assistant.core.protocol import CANDIDATE_CHECK, CLARIFY, Message
from assistant.server.http.sessions import signing_key
from assistant.server.messages import CollectedOutput
from assistant.server.observability.log_redaction import cause
from assistant.server.storage.calendar_links import PATH, CalendarLinks
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.slack_ids import ConversationRef, thread_prefix
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import Event, message_of
from assistant.server.traffic.rate_limits import Limit
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.conversations")

_MAX_TURNS = (
    2  # at once; each keeps the event loop busy for some milliseconds, and acknowledging must not wait
)
_ZONES = frozenset(available_timezones())
_HOUR = 3600.0
_CACHED = 10_000  # people


class SlackOutput(CollectedOutput):
    """Collects the messages of a turn; responses can be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """Return the channel name used by `channel:` in responses."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect as in the other channels, and flag what was computed."""
        first = len(self.messages)
        await super().send_response(recipient_id, message)
        self.messages[first:] = [_flagged(collected, message) for collected in self.messages[first:]]


@dataclass(frozen=True)
class _LenientLimit:
    """Rate limit that refuses nobody while Redis is unavailable."""

    limit: Limit

    async def hit(self, key: str, _times: int = 1) -> int:
        """Count one hit; see `Limit.hit`."""
        try:
            return await self.limit.hit(key)
        except RedisError as error:
            _log.error("rate_limit_unavailable", cause=cause(error))
            return 0


class ConversationClient:
    """Slack's conversations with the assistant."""

    def __init__(self, app: Sanic, limit: Limit) -> None:
        """`limit` is keyed by conversation and counts typed messages."""
        self._app = app
        self._limit = _LenientLimit(limit)
        self._turns = asyncio.Semaphore(_MAX_TURNS)

    @property
    def _agent(self) -> Agent:
        return agent_of(self._app)

    @property
    def _service(self) -> ConversationService:
        # a person has several conversations, which `erase_person` erases together
        return ConversationService(
            self._agent, SlackOutput, deletes_on_request=False, message_of=_flagged_message
        )

    @property
    def store(self) -> ConversationStore:
        """Store of the conversations."""
        return self._service.store

    def is_ready(self) -> bool:
        """Return whether a model is loaded."""
        try:
            ready_agent_of(self._app)
        except NotReadyError:
            return False
        return True

    def takes_part(self, ref: ConversationRef) -> bool:
        """Return whether the assistant takes part in this thread."""
        if not ref.thread:
            return False
        return bool(self.store.conversations(thread_prefix(ref.team, ref.channel, ref.thread)))

    def offered(self, ref: ConversationRef) -> list[dict[str, str]]:
        """Return all buttons that this conversation was offered, oldest first."""
        return [button for message in self.history(ref) for button in message.get("buttons") or []]

    def history(self, ref: ConversationRef) -> list[Message]:
        """Return the conversation so far."""
        return self._service.history(ref.conversation)

    def is_in_check(self, ref: ConversationRef) -> bool:
        """Return whether the assistant has just asked a question of the candidate check."""
        last = [message.get("metadata") or {} for message in self.history(ref)[-1:]]
        return any(each.get("topic") == CANDIDATE_CHECK and each.get("outcome") == CLARIFY for each in last)

    def answer_of(self, ref: ConversationRef, turn: str) -> list[Message]:
        """Return the assistant's messages of that turn; empty if it is no longer stored."""
        return self._service.answer_to(ref.conversation, turn) or []

    async def timeline(self, ref: ConversationRef) -> Timeline | None:
        """Return the latest timeline of this conversation, or None if its date is not known any more."""
        return last_timeline(self.history(ref)) if await self.knows_date(ref) else None

    async def knows_date(self, ref: ConversationRef) -> bool:
        """Return whether a treatment date is known."""
        tracker = await self._agent.tracker_store.retrieve(ref.conversation)
        return tracker is not None and bool((tracker.get_slot("treatment") or {}).get("at"))

    async def calendar(self, ref: ConversationRef) -> bytes | None:
        """Return the timeline as a calendar file, or None if no date is known."""
        return await calendar_file(self._agent, ref.conversation, datetime.now(timezone.utc))

    async def keep_feedback(self, ref: ConversationRef, turn: str, part: int, helpful: bool) -> bool:
        """Store whether one message of an answer helped; False if this person never got it."""
        try:
            await self._service.rate(ref.conversation, Feedback((turn, part), helpful, None))
        except NotAnsweredError:
            return False
        return True

    async def erase(self, conversation: str) -> None:
        """Delete everything that is kept of it; the id may be used again."""
        await self._service.erase(conversation)

    async def say(self, ref: ConversationRef, turn: str, text: str, zone: str | None) -> Sequence[Message]:
        """Answer a typed message. The same turn again gets the same answer."""
        service = replace(self._service, messages=self._limit)
        async with self._turns:
            return (await service.say(TypedMessage(ref.conversation, turn, zone, text))).messages

    async def press(
        self, ref: ConversationRef, turn: str, payload: str, zone: str | None
    ) -> Sequence[Message]:
        """Answer a button, which must have been offered."""
        async with self._turns:
            return (await self._service.press(ButtonPress(ref.conversation, turn, zone, payload))).messages

    async def pick(
        self, ref: ConversationRef, turn: str, local: datetime, zone: str | None
    ) -> Sequence[Message]:
        """Answer a picked date; `local` has an offset, as an hour comes twice when summer time ends."""
        async with self._turns:
            return (await self._service.pick(DatePick(ref.conversation, turn, zone, local))).messages


def _flagged_message(event: Event) -> Message | None:
    message = message_of(event)
    return message and _flagged(message, event.get("metadata") or {})


def _flagged(message: Message, source: Mapping[str, Any]) -> Message:
    """Flag a computed answer, which depends on what this person said; Rasa's responses don't."""
    if source.get("utter_action"):
        return message
    return {**message, "metadata": {**message["metadata"], COMPUTED: True}}


class People:
    """Looks up people in Slack and caches the results."""

    def __init__(self, call: Callable[..., Awaitable[Any]]) -> None:
        """`call` takes a Web API method; at most one call an hour per person and kind of data."""
        self._call = call
        self._zones: TTLCache[str, str] = TTLCache(_CACHED, _HOUR)
        self._channels: TTLCache[str, str] = TTLCache(_CACHED, _HOUR)

    async def zone(self, user: str) -> str | None:
        """Return an IANA zone name, or None if Slack has none that is known here."""
        known = self._zones.get(user)
        if known is None:
            known = await self._fetch_zone(user)
            self._zones[user] = known
        return known or None

    async def direct_channel(self, user: str) -> str:
        """Return the id of the direct message channel between the person and the assistant."""
        known = self._channels.get(user)
        if known is None:
            opened = await self._call("conversations_open", users=user)
            known = str(opened["channel"]["id"])
            self._channels[user] = known
        return known

    def note_direct_channel(self, user: str, channel: str) -> None:
        """Cache a channel id that Slack included in an event."""
        self._channels[user] = channel

    def forget(self, user: str) -> None:
        """Remove a person's cached data."""
        self._zones.pop(user, None)
        self._channels.pop(user, None)

    async def _fetch_zone(self, user: str) -> str:
        try:
            answer = await self._call("users_info", user=user)
        except (SlackApiError, NotDeliveredError):
            _log.warning("Slack returned no time zone; check the scope users:read")
            return ""
        zone = (answer.get("user") or {}).get("tz")
        return zone if zone in _ZONES else ""


@dataclass(frozen=True)
class CalendarUrls:
    """URLs of calendar files; none without a public URL, where the file is sent as a direct message."""

    public_url: str
    links: CalendarLinks | None

    @classmethod
    def of(cls, settings: Settings, app: Sanic) -> CalendarUrls:
        """Create from settings. The website channel serves the files and signs the links; it may be off."""
        is_served = any(route.path.startswith(PATH.strip("/")) for route in app.router.routes)
        if not settings.public_url or not is_served:
            return cls("", None)
        return cls(settings.public_url, CalendarLinks(signing_key(settings.state_dir, settings.session_key)))

    def url(self, ref: ConversationRef, store: ConversationStore) -> str | None:
        """Return a URL that is valid for thirty days, or None."""
        if self.links is None:
            return None
        today, erasure = datetime.now(timezone.utc).date(), store.erasure(ref.conversation)
        return self.public_url.rstrip("/") + self.links.path(ref.conversation, today, erasure)
