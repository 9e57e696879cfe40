"""The class that credentials.yml names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint

from assistant.channels.conversation_service import RefusedError
from assistant.channels.website.calendar_routes import add_calendar_routes
from assistant.channels.website.context import WebsiteContext, refusal_response
from assistant.channels.website.feedback_routes import add_feedback_routes
from assistant.channels.website.health_routes import add_health_routes
from assistant.channels.website.message_routes import add_message_routes
from assistant.channels.website.page_routes import add_page_routes
from assistant.channels.website.session_routes import add_session_routes
from assistant.channels.website.widget_routes import add_widget_routes
from assistant.server.http.app import ServerBlueprint
from assistant.server.http.sessions import Sessions
from assistant.server.http.settings import Settings
from assistant.server.http.signing_key import signing_key
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.traffic.admission_queue import AdmissionQueue
from assistant.server.traffic.rate_limits import limit_of


class WebsiteInput(InputChannel):
    """The assistant over HTTP, for the widget on a website."""

    def __init__(self, settings: Settings) -> None:
        """Makes the state directory and the signing key where they are missing."""
        settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._settings = settings
        key = signing_key(settings.state_dir, settings.session_key)
        self._site = WebsiteContext(
            sessions=Sessions(key),
            calendars=CalendarLinks(key),
            messages=limit_of("messages", settings.messages_per_minute, settings.redis_url),
            line=AdmissionQueue(),
            openings=limit_of("sessions", settings.sessions_per_minute, settings.redis_url),
            ratings=limit_of("ratings", settings.messages_per_minute, settings.redis_url),
        )

    @classmethod
    def name(cls) -> str:
        """What Rasa calls this channel."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebsiteInput:
        """`credentials` is this channel's section of credentials.yml."""
        return cls(Settings.read(credentials))

    def url_prefix(self) -> str:
        """The routes are written out in full, as in the contract."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, and what makes the server around them ours. Messages go through `ConversationService` instead."""
        front = ServerBlueprint("website", self._settings)
        front.exception(RefusedError)(refusal_response)
        add_session_routes(front, self._site)
        add_message_routes(front, self._site)
        add_feedback_routes(front, self._site)
        add_calendar_routes(front, self._site)
        add_health_routes(front)
        add_page_routes(front)
        add_widget_routes(front)
        return front
