"""Rasa's input channel for Slack, named in credentials.yml."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from assistant.channels.slack.app import SlackApp
from assistant.channels.slack.http import add_webhook_route
from assistant.channels.slack.settings import Settings
from assistant.server.http.app import ServerBlueprint
from assistant.server.observability.readiness import add_report
from assistant.server.settings import read

_log = structlog.get_logger("assistant.channels.slack.input_channel")


class SlackInput(InputChannel):
    """Slack channel. Without Slack's settings it has no routes and makes no calls."""

    def __init__(self, settings: Settings) -> None:
        """Store the settings; nothing is called before the server has started."""
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Return Rasa's name of the channel; its routes are under /webhooks/slack."""
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
        """Create the channel from its section of credentials.yml."""
        return cls(read(Settings, credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the route and its listeners. Messages go through `ConversationService`, not `on_new_message`."""
        slack = ServerBlueprint("slack", self._settings)
        if not self._settings.is_on:
            return slack
        office = SlackApp(self._settings)

        async def open_office(app: Sanic, _loop: object) -> None:
            await office.open(app)
            if self._settings.app_token:
                add_report(app, "slack", office.state)

        async def close_office(_app: Sanic, _loop: object) -> None:
            await office.close()

        slack.listener("after_server_start")(open_office)
        slack.listener("before_server_stop")(close_office)
        if self._settings.signing_secret:
            add_webhook_route(slack, self._settings.signing_secret, office.reception_if_ready)
        return slack
