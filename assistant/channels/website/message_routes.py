"""Sending a message, and reading the conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.conversation_service import (
    ButtonPress,
    ConversationService,
    Reply,
    TypedMessage,
    agent_of,
    ready_agent_of,
)
from assistant.channels.website.context import WebsiteContext, session_of
from assistant.channels.website.schemas import IncomingMessage, read_message
from assistant.server.http.routes import json_response, stream_json
from assistant.server.http.sessions import Session
from assistant.server.storage.calendar_links import with_link
from assistant.server.storage.tracker_store import ConversationStore

_PATH = "/webhooks/website/messages"


def add_message_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`POST` and `GET /webhooks/website/messages`."""

    @front.post(_PATH)
    async def send_message(request: Request) -> HTTPResponse:
        conversations = site.conversations(ready_agent_of(request.app), request)
        session = session_of(site, request)
        version = conversations.erasure_version(
            session.conversation
        )  # 401 comes before what is wrong with the body
        said = read_message(request.headers.getone("content-type", None), request.body)
        reply = await _reply(conversations, session.conversation, said, version)
        path = _calendar_path(site, conversations.store, session)
        return json_response({"messages": [with_link(message, path) for message in reply.messages]})

    @front.get(_PATH)
    async def read_conversation(request: Request) -> None:
        session = session_of(site, request)
        conversations = site.conversations(agent_of(request.app), request)
        path = _calendar_path(site, conversations.store, session)
        pages = await conversations.history_pages(session.conversation)
        await stream_json(
            request, {"messages": ([with_link(message, path) for message in page] for page in pages)}
        )


async def _reply(
    conversations: ConversationService, conversation: str, said: IncomingMessage, version: float
) -> Reply:
    common = (conversation, said.id, said.timezone)
    if said.text is not None:
        return await conversations.say(TypedMessage(*common, said.text, erasure_version=version))
    return await conversations.press(ButtonPress(*common, said.payload or "", erasure_version=version))


def _calendar_path(site: WebsiteContext, store: ConversationStore, session: Session) -> Callable[[], str]:
    """Links to calendars are made when they are shown, so that they have not run out."""

    def path() -> str:
        conversation, today = session.conversation, datetime.now(timezone.utc).date()
        return site.calendars.path(conversation, today, store.erasure(conversation))

    return path
