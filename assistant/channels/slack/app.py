"""The Slack app: creates its parts when the server starts and shuts them down when it stops."""

from __future__ import annotations

import asyncio

import structlog
from sanic import Sanic
from slack_sdk.errors import SlackApiError

from assistant.channels.slack.calendar_urls import CalendarUrls
from assistant.channels.slack.client import WebApi
from assistant.channels.slack.conversation_client import ConversationClient
from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.dispatcher import Dispatcher
from assistant.channels.slack.listeners.actions import ActionListeners
from assistant.channels.slack.listeners.commands import Commands
from assistant.channels.slack.listeners.home import HomeListeners
from assistant.channels.slack.listeners.messages import MessageListeners
from assistant.channels.slack.people import People
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.retry import NotDeliveredError, refusal
from assistant.channels.slack.settings import Settings
from assistant.channels.slack.socket_mode import SocketMode
from assistant.server.observability.log_redaction import cause
from assistant.server.traffic.deduplication import deduplicator
from assistant.server.traffic.keyed_queue import KeyedQueue
from assistant.server.traffic.rate_limits import limit_of

_log = structlog.get_logger("assistant.channels.slack.app")

_GRACE = 20.0  # seconds for running work at shutdown


class SlackApp:
    """One Slack channel; inactive until opened."""

    def __init__(self, settings: Settings) -> None:
        """Prepare the app from its settings, without connecting."""
        self._settings = settings
        self._web = WebApi(settings.bot_token, settings.api_url)
        self._lanes = KeyedQueue()
        self._reception: Dispatcher | None = None
        self._talk: ConversationClient | None = None
        self._socket: SocketMode | None = None
        self._greeting: asyncio.Task[None] | None = None

    async def open(self, app: Sanic) -> None:
        """Connect and start accepting payloads. Called after the server has started and loaded the model."""
        await self._web.open()
        limit = limit_of("slack", self._settings.messages_per_minute, self._settings.redis_url)
        self._talk = ConversationClient(app, limit)
        self._reception = self._put_together(self._talk, CalendarUrls.of(self._settings, app))
        self._greeting = asyncio.create_task(self._greet())
        if self._settings.app_token:
            self._socket = SocketMode(self._settings.app_token, self._web.client, self.reception_if_ready)
            self._socket.open()

    async def close(self) -> None:
        """Stop accepting payloads, finish running work and disconnect."""
        self._reception = None
        if self._socket is not None:
            await self._socket.close()
        late = await self._lanes.drain(_GRACE)
        if late:
            _log.error("shutdown_timeout", lanes=late)
        if self._greeting is not None:
            self._greeting.cancel()
        await self._web.close()

    def reception_if_ready(self) -> Dispatcher | None:
        """Return the dispatcher, or None while there is no model to answer with."""
        if self._talk is None or not self._talk.is_ready():
            return None
        return self._reception

    async def state(self) -> str:
        """Return the state of the Socket Mode connection, for /health/ready."""
        return "disconnected" if self._socket is None else await self._socket.state()

    def _put_together(self, talk: ConversationClient, addresses: CalendarUrls) -> Dispatcher:
        remembered = deduplicator(self._settings.redis_url)
        desk = Delivery(self._web, People(self._web), talk, remembered, addresses)
        reminders = Reminders(desk)
        wishes = Commands(desk, reminders)
        return Dispatcher(
            lanes=self._lanes,
            desk=desk,
            questions=MessageListeners(desk, wishes, reminders),
            presses=ActionListeners(desk, wishes, reminders),
            home=HomeListeners(desk, reminders),
        )

    async def _greet(self) -> None:
        """Test the token, so that a wrong one is logged at start-up."""
        try:
            await self._web.call("auth_test")
            _log.info("slack_connected")
        except SlackApiError as error:
            _log.error(
                "Slack rejected SLACK_BOT_TOKEN; copy it again from OAuth & Permissions", slack=refusal(error)
            )
        except NotDeliveredError as error:
            _log.error("Slack unavailable; check SLACK_API_URL", cause=cause(error))
