"""The class that credentials.yml names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint

from channels.calendar_links import CalendarLinks
from channels.moving_window import MovingWindow
from channels.website.calendar_routes import add_calendar_routes
from channels.website.front import FrontBlueprint
from channels.website.health_routes import add_health_routes
from channels.website.message_routes import add_message_routes
from channels.website.origins import Origins
from channels.website.page_routes import add_page_routes
from channels.website.session_routes import add_session_routes
from channels.website.sessions import Sessions
from channels.website.settings import Settings
from channels.website.signing_key import signing_key
from channels.website.site import Site


class WebsiteInput(InputChannel):
    """The assistant over HTTP, for the widget on a website."""

    def __init__(self, settings: Settings) -> None:
        """Makes the state directory and the signing key where they are missing."""
        settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._origins = Origins(settings.allowed_origins)
        key = signing_key(settings.state_dir, settings.session_key)
        self._site = Site(
            sessions=Sessions(key),
            calendars=CalendarLinks(key),
            messages=MovingWindow(settings.messages_per_minute),
            openings=MovingWindow(settings.sessions_per_minute),
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
        """The routes, and what makes the server around them ours. Messages go through `take_turn` instead."""
        front = FrontBlueprint("website", self._origins)
        add_session_routes(front, self._site)
        add_message_routes(front, self._site)
        add_calendar_routes(front, self._site)
        add_health_routes(front)
        add_page_routes(front)
        return front
