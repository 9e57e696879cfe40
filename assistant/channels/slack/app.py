"""The Slack app: Bolt's app with our middleware and listeners, opened and closed with the server.

Without a public URL, Bolt's adapter for Socket Mode connects it in the background.
"""

from __future__ import annotations

import asyncio

import structlog
from sanic import Sanic
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.slack import listeners
from assistant.channels.slack.conversations import CalendarUrls, ConversationClient, People
from assistant.channels.slack.delivery import Delivery, WebApi, quiet_logger, refusal
from assistant.channels.slack.middleware import JobQueue, acknowledge, ignore, refuse_until_ready
from assistant.channels.slack.settings import Settings
from assistant.server.observability.log_redaction import cause
from assistant.server.traffic.deduplication import deduplicator
from assistant.server.traffic.rate_limits import limit_of
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.app")
_GRACE = 20.0  # seconds for running work at shutdown


class SocketMode:
    """A Socket Mode connection that reconnects automatically. What Bolt answers with 503 is sent again by Slack."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient) -> None:
        """Prepare the connection, without connecting."""
        self._handler = AsyncSocketModeHandler(app, app_token, logger=quiet_logger(), web_client=web)
        self._connecting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Start connecting in the background; slack_sdk retries and monitors the connection."""
        self._connecting = asyncio.create_task(self._connect())

    async def state(self) -> str:
        """Return `connected` or `disconnected`, for /health/ready."""
        return "connected" if await self._handler.client.is_connected() else "disconnected"

    async def close(self) -> None:
        """Close the connection."""
        if self._connecting is not None:
            self._connecting.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        try:
            await self._handler.connect_async()  # type: ignore[no-untyped-call]
        except Exception as error:
            _log.error("Socket Mode connection failed; check SLACK_APP_TOKEN", cause=cause(error))


class BoltApp(AsyncApp):
    """Bolt's app, which never raises: Bolt reads payloads in several places, and not all of them expect any shape."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Run the middleware and the listener of a payload."""
        try:
            return await super().async_dispatch(req)
        except Exception as error:
            return await ignore(error, req.body)


class SlackApp:
    """One Slack channel; inactive until opened."""

    def __init__(self, settings: Settings) -> None:
        """Prepare the app from its settings, without connecting."""
        self._settings = settings
        self._web = WebApi(settings)
        self._bolt: BoltApp | None = None
        self._jobs: JobQueue | None = None
        self._socket: SocketMode | None = None
        self._greeting: asyncio.Task[None] | None = None

    async def open(self, app: Sanic) -> None:
        """Connect and start accepting payloads. Called after the server has started and loaded the model."""
        await self._web.open()
        delivery = self._delivery(app)
        self._jobs = JobQueue(delivery.deduplicator, delivery.apologise)
        self._bolt = bolt_app(self._settings, self._web, delivery, self._jobs)
        self._greeting = asyncio.create_task(self._greet())
        if self._settings.app_token:
            self._socket = SocketMode(self._bolt, self._settings.app_token, self._web.client)
            self._socket.open()

    async def close(self) -> None:
        """Stop accepting payloads, finish running work and disconnect."""
        self._bolt = None
        if self._socket is not None:
            await self._socket.close()
        late = await self._jobs.drain(_GRACE) if self._jobs is not None else 0
        if late:
            _log.error("shutdown_timeout", queues=late)
        if self._greeting is not None:
            self._greeting.cancel()
        await self._web.close()

    async def dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Run the listener of a payload; 503 before the app is open."""
        return BoltResponse(status=503) if self._bolt is None else await self._bolt.async_dispatch(request)

    async def state(self) -> str:
        """Return the state of the Socket Mode connection, for /health/ready."""
        return "disconnected" if self._socket is None else await self._socket.state()

    def _delivery(self, app: Sanic) -> Delivery:
        limit = limit_of("slack", self._settings.messages_per_minute, self._settings.redis_url)
        return Delivery(
            self._web,
            People(self._web.call),
            ConversationClient(app, limit),
            deduplicator(self._settings.redis_url),
            CalendarUrls.of(self._settings, app),
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


def bolt_app(settings: Settings, web: WebApi, delivery: Delivery, jobs: JobQueue) -> BoltApp:
    """Return Bolt's app with our middleware and listeners."""

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
        """Return the one installation, by what the payload says: Bolt would call `auth.test`, which may fail."""
        return AuthorizeResult(
            enterprise_id=context.enterprise_id, team_id=context.team_id, bot_token=settings.bot_token
        )

    bolt = BoltApp(
        name="slack",
        logger=quiet_logger(),
        client=web.client,
        authorize=authorize,
        ignoring_self_events_enabled=False,  # it needs `auth.test`; `listeners.messages` leaves out all bots
        request_verification_enabled=False,  # `http` verifies before it parses, and logs no body
        process_before_response=True,  # listeners only add jobs, so the response need not be polled for
        raise_error_for_unhandled_request=True,  # `ignore` acknowledges and logs these
    )
    bolt.error(ignore)
    bolt.use(refuse_until_ready(delivery.conversations.is_ready))
    bolt.use(acknowledge)
    listeners.register(bolt, delivery, jobs)
    return bolt
