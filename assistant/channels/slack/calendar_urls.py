"""The timeline as a calendar file: a link where browsers reach the assistant, else a file in the direct messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from sanic import Sanic

from assistant.channels.slack.settings import Settings
from assistant.server.http.signing_key import signing_key
from assistant.server.storage.calendar_links import PATH, CalendarLinks
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.storage.tracker_store import ConversationStore


@dataclass(frozen=True)
class CalendarUrls:
    """Makes the addresses of calendar files; without a public address there are none."""

    public_url: str
    links: CalendarLinks | None

    @classmethod
    def of(cls, settings: Settings, app: Sanic) -> CalendarUrls:
        """Create from settings. The website channel serves the files and signs the links; it may be off."""
        is_served = any(route.path.startswith(PATH.strip("/")) for route in app.router.routes)
        if not settings.public_url or not is_served:
            return cls("", None)
        return cls(settings.public_url, CalendarLinks(signing_key(settings.state_dir, settings.session_key)))

    def address(self, place: ConversationRef, store: ConversationStore) -> str | None:
        """For thirty days from now."""
        if self.links is None:
            return None
        today, erasure = datetime.now(timezone.utc).date(), store.erasure(place.conversation)
        path = self.links.path(place.conversation, today, erasure)
        return self.public_url.rstrip("/") + path
