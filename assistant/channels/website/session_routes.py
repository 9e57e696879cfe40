"""Routes for opening a session, and for exporting and deleting its conversation."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from assistant.channels.website.context import WebsiteContext, address_of, conversation_lock, session_of
from assistant.server.http.route_helpers import agent_of, json_response
from assistant.server.problems import ProblemError
from assistant.server.storage.export import export_of
from assistant.server.storage.tracker_store import store_of

_PATH = "/webhooks/website/session"


def add_session_routes(front: Blueprint, site: WebsiteContext) -> None:
    """Add `POST` and `DELETE /webhooks/website/session`, and `GET /webhooks/website/session/export`."""

    @front.post(_PATH)
    async def open_session(request: Request) -> HTTPResponse:
        wait = await site.openings.hit(address_of(request))
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        token, session = site.sessions.open()
        expires_at = session.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return json_response({"token": token, "expires_at": expires_at}, status=201)

    @front.get(f"{_PATH}/export")
    async def export_conversation(request: Request) -> HTTPResponse:
        session = session_of(site, request)
        response = json_response(export_of(store_of(agent_of(request)), session.conversation))
        response.headers["Content-Disposition"] = 'attachment; filename="conversation.json"'
        return response

    @front.delete(_PATH)
    async def erase_conversation(request: Request) -> HTTPResponse:
        session = session_of(site, request)
        agent = agent_of(request)
        async with conversation_lock(agent, session.conversation):
            store_of(agent).erase(session.conversation, session.expires_at)
        return empty()
