"""Handing over a personal timeline as a calendar file."""

from __future__ import annotations

from datetime import datetime, timezone

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.channels.calendar_file import calendar_file
from assistant.channels.conversation_service import ready_agent_of
from assistant.channels.website.context import WebsiteContext
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import PATH
from assistant.server.storage.tracker_store import store_of

_HEADERS = {
    "Content-Disposition": 'attachment; filename="microneedling.ics"',
    "Cache-Control": "no-store",
}


def add_calendar_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`GET /webhooks/website/calendar/SIGNED.ics`; who has the link needs no session, as calendars have none."""

    @front.get(f"{PATH}<name:str>")
    async def send_calendar(request: Request, name: str) -> HTTPResponse:
        agent, now = ready_agent_of(request.app), datetime.now(timezone.utc)
        link = site.calendars.read(name.removesuffix(".ics"), now.date())
        if link is None or not name.endswith(".ics"):
            raise ProblemError("no_calendar")
        conversation, version = link
        wait = await site.limits.reads.hit(conversation)
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        state = store_of(agent).erasure_state(conversation)
        if state.is_final or state.version > version:
            raise ProblemError("no_calendar")
        content = await calendar_file(agent, conversation, now)
        if content is None:
            raise ProblemError("no_calendar")
        return raw(content, headers=_HEADERS, content_type="text/calendar; charset=utf-8")
