"""Calendar URLs: a link if the assistant has a public URL; without one, the file is sent as a direct message."""

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
    """Creates the URLs of calendar files; none without a public URL."""

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
        """Return a URL that is valid for thirty days, or None."""
        if self.links is None:
            return None
        today, erasure = datetime.now(timezone.utc).date(), store.erasure(place.conversation)
        path = self.links.path(place.conversation, today, erasure)
        return self.public_url.rstrip("/") + path
