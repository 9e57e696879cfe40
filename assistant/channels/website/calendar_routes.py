"""Hands over a personal timeline as a calendar file or as a page to print."""

from __future__ import annotations

from datetime import datetime, timezone

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.channels.calendar_file import calendar_file, calendar_page
from assistant.channels.conversation_service import ready_agent_of
from assistant.channels.website.context import WebsiteContext
from assistant.core.aftercare.timeline_page import POLICY
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import PATH
from assistant.server.storage.tracker_store import store_of

_FORMATS = {
    "ics": (
        calendar_file,
        "text/calendar; charset=utf-8",
        {"Content-Disposition": 'attachment; filename="microneedling.ics"'},
    ),
    "html": (calendar_page, "text/html; charset=utf-8", {"Content-Security-Policy": POLICY}),
}
_HEADERS = {"Cache-Control": "no-store"}


def add_calendar_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`GET /webhooks/website/calendar/SIGNED.ics` and `SIGNED.html`; who has the link needs no session."""

    @front.get(f"{PATH}<name:str>")
    async def send_calendar(request: Request, name: str) -> HTTPResponse:
        agent, now = ready_agent_of(request.app), datetime.now(timezone.utc)
        signed, _, ending = name.rpartition(".")
        link = site.calendars.read(signed, now.date())
        if link is None or ending not in _FORMATS:
            raise ProblemError("no_calendar")
        conversation, version = link
        wait = await site.limits.reads.hit(conversation)
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        state = store_of(agent).erasure_state(conversation)
        if state.is_final or state.version > version:
            raise ProblemError("no_calendar")
        write, content_type, headers = _FORMATS[ending]
        content = await write(agent, conversation, now)
        if content is None:
            raise ProblemError("no_calendar")
        return raw(content, headers={**_HEADERS, **headers}, content_type=content_type)
