"""Opening a session, and exporting or erasing its conversation."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from assistant.channels.conversation_service import agent_of
from assistant.channels.website.context import WebsiteContext, session_of
from assistant.server.http.middleware import address_of
from assistant.server.http.routes import json_response, stream_json
from assistant.server.problems import ProblemError

_PATH = "/webhooks/website/session"
_AS_FILE = {"Content-Disposition": 'attachment; filename="conversation.json"'}


def add_session_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`POST` and `DELETE /webhooks/website/session`, `GET /webhooks/website/session/export`."""

    @front.post(_PATH)
    async def open_session(request: Request) -> HTTPResponse:
        wait = await site.limits.openings.hit(address_of(request))
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        token, session = site.sessions.open()
        expires_at = session.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return json_response({"token": token, "expires_at": expires_at}, status=201)

    @front.get(f"{_PATH}/export")
    async def export_conversation(request: Request) -> None:
        session = session_of(site, request)
        conversations = site.conversations(agent_of(request.app), request)
        await stream_json(request, await conversations.export_pages(session.conversation), _AS_FILE)

    @front.delete(_PATH)
    async def erase_conversation(request: Request) -> HTTPResponse:
        session = session_of(site, request)
        conversations = site.conversations(agent_of(request.app), request)
        await conversations.erase(session.conversation, session.expires_at)
        return empty()
