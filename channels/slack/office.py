"""All parts of the Slack channel, put together when the server starts and taken apart when it stops."""

from __future__ import annotations

import asyncio

import structlog
from sanic import Sanic
from slack_sdk.errors import SlackApiError

from channels.log_guard import cause
from channels.moving_window import MovingWindow
from channels.slack.calendar_addresses import CalendarAddresses
from channels.slack.conversing import Conversing
from channels.slack.desk import Desk
from channels.slack.home import Home
from channels.slack.lanes import Lanes
from channels.slack.patience import NotDeliveredError
from channels.slack.people import People
from channels.slack.presses import Presses
from channels.slack.questions import Questions
from channels.slack.reception import Reception
from channels.slack.reminders import Reminders
from channels.slack.seen import seen
from channels.slack.settings import Settings
from channels.slack.socket_mode import SocketMode
from channels.slack.web_api import WebApi
from channels.slack.wishes import Wishes

_log = structlog.get_logger("channels.slack.office")

_GRACE = 20.0  # seconds for what is under way when the server stops


class Office:
    """One Slack channel, open or closed."""

    def __init__(self, settings: Settings) -> None:
        """Closed at first."""
        self._settings = settings
        self._web = WebApi(settings.bot_token, settings.api_url)
        self._lanes = Lanes()
        self._reception: Reception | None = None
        self._talk: Conversing | None = None
        self._socket: SocketMode | None = None
        self._greeting: asyncio.Task[None] | None = None

    async def open(self, app: Sanic) -> None:
        """Called when the server has started, with the model loaded."""
        await self._web.open()
        self._talk = Conversing(app, MovingWindow(self._settings.messages_per_minute))
        self._reception = self._put_together(self._talk)
        self._greeting = asyncio.create_task(self._greet())
        if self._settings.app_token:
            self._socket = SocketMode(self._settings.app_token, self._web.client, self.reception_if_ready)
            self._socket.open()

    async def close(self) -> None:
        """Takes nothing more in, and finishes what is under way."""
        self._reception = None
        if self._socket is not None:
            await self._socket.close()
        late = await self._lanes.drain(_GRACE)
        if late:
            _log.error("stopped before everything was answered", lanes=late)
        if self._greeting is not None:
            self._greeting.cancel()
        await self._web.close()

    def reception_if_ready(self) -> Reception | None:
        """Where things are taken in; none while nothing can be answered."""
        if self._talk is None or not self._talk.is_ready():
            return None
        return self._reception

    async def state(self) -> str:
        """Of Socket Mode, for /health/ready."""
        return "disconnected" if self._socket is None else await self._socket.state()

    def _put_together(self, talk: Conversing) -> Reception:
        remembered = seen(self._settings.redis_url)
        addresses = CalendarAddresses.of(self._settings)
        desk = Desk(self._web, People(self._web), talk, remembered, addresses)
        reminders = Reminders(desk)
        wishes = Wishes(desk, reminders)
        return Reception(
            lanes=self._lanes,
            desk=desk,
            questions=Questions(desk, wishes, reminders),
            presses=Presses(desk, wishes, reminders),
            home=Home(desk, reminders),
        )

    async def _greet(self) -> None:
        """Says early and clearly when the token is wrong."""
        try:
            await self._web.call("auth_test")
            _log.info("connected to Slack")
        except SlackApiError as error:
            why = error.response.get("error")
            _log.error("Slack refuses SLACK_BOT_TOKEN: copy it again from OAuth & Permissions", why=why)
        except NotDeliveredError as error:
            _log.error("Slack does not answer: is SLACK_API_URL right?", cause=cause(error))
