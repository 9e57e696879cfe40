"""Rasa's input channel for the website, named in credentials.yml."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint

from assistant.channels.requests import RefusedError
from assistant.channels.website.context import Limits, WebsiteContext, refusal_response
from assistant.channels.website.conversation_routes import (
    add_calendar_routes,
    add_feedback_routes,
    add_message_routes,
    add_session_routes,
)
from assistant.channels.website.schemas import add_description_route
from assistant.channels.website.static_routes import add_page_routes, add_widget_routes
from assistant.server.http.app import ServerBlueprint
from assistant.server.http.middleware import Origins
from assistant.server.http.sessions import Sessions, signing_key
from assistant.server.settings import read
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.traffic.queues import AdmissionQueue
from assistant.settings import Settings


class WebsiteInput(InputChannel):
    """Website channel: the HTTP API used by the widget."""

    def __init__(self, settings: Settings) -> None:
        """Create the channel, and the state directory and signing key if they do not exist."""
        self._settings = settings
        key = signing_key(settings.make_state_dir(), settings.session_key)
        self._context = WebsiteContext(
            sessions=Sessions(key),
            calendars=CalendarLinks(key),
            limits=Limits.of(settings),
            line=AdmissionQueue(),
            ceiling=settings.messages_per_conversation,
        )

    @classmethod
    def name(cls) -> str:
        """Return Rasa's name of the channel."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebsiteInput:
        """Create the channel from its section of credentials.yml."""
        return cls(read(Settings, credentials))

    def url_prefix(self) -> str:
        """Return "/", as the routes have absolute paths."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes. Messages go through `ConversationService`, not `on_new_message`."""
        blueprint = ServerBlueprint("website", self._settings, Origins(self._settings.allowed_origins))
        blueprint.exception(RefusedError)(refusal_response)
        add_session_routes(blueprint, self._context)
        add_message_routes(blueprint, self._context)
        add_feedback_routes(blueprint, self._context)
        add_calendar_routes(blueprint, self._context)
        add_description_route(blueprint)
        add_page_routes(blueprint)
        add_widget_routes(blueprint)
        return blueprint
