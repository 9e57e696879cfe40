"""The timeline as a calendar file, uploaded to the direct messages where no public address can serve it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from channels.slack.desk import Desk
from channels.slack.mrkdwn import mrkdwn
from channels.slack.places import Place
from channels.slack.posts import Post, sentence
from channels.slack.texts import TEXTS
from channels.slack.timelines import last_timeline

_TEXTS = TEXTS["timeline"]

Fetch = Callable[[str], Awaitable[bytes | None]]
"""The file behind a timeline's `calendar_url`; none where there is no such file."""


@dataclass(frozen=True)
class CalendarFiles:
    """Uploads them."""

    desk: Desk
    fetch: Fetch

    async def send(self, place: Place) -> Post:
        """Sends the file of the last timeline, and gives the sentence that says so."""
        timeline = last_timeline(self.desk.talk.history(place))
        url = timeline.calendar_url if timeline else None
        content = await self.fetch(url) if url else None
        if content is None:
            return sentence(mrkdwn(_TEXTS["calendar_none"]))
        channel = place.channel
        if place.kind != "dm":
            channel = await self.desk.people.direct_channel(place.user)
        await self.desk.web.call(
            "files_upload_v2", channel=channel, content=content, filename=_TEXTS["calendar_name"]
        )
        return sentence(mrkdwn(_TEXTS["calendar_sent"]))
