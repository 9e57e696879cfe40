"""Sending a message, and reading the conversation."""

from __future__ import annotations

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
from assistant.core.protocol import Message
from assistant.server.http.route_helpers import json_response
from assistant.server.http.sessions import Session
from assistant.server.storage.calendar_links import with_link
from assistant.server.storage.tracker_store import ConversationStore

_PATH = "/webhooks/website/messages"


def add_message_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`POST` and `GET /webhooks/website/messages`."""

    @front.post(_PATH)
    async def send_message(request: Request) -> HTTPResponse:
        conversations = site.conversations(ready_agent_of(request.app))
        session = session_of(site, request)
        said = read_message(request.headers.getone("content-type", None), request.body)
        reply = await _reply(conversations, session.conversation, said)
        return _messages_response(site, conversations.store, session, reply.messages)

    @front.get(_PATH)
    async def read_conversation(request: Request) -> HTTPResponse:
        session = session_of(site, request)
        conversations = site.conversations(agent_of(request.app))
        said = conversations.history(session.conversation)
        return _messages_response(site, conversations.store, session, said)


async def _reply(conversations: ConversationService, conversation: str, said: IncomingMessage) -> Reply:
    if said.text is not None:
        return await conversations.say(TypedMessage(conversation, said.id, said.timezone, said.text))
    return await conversations.press(ButtonPress(conversation, said.id, said.timezone, said.payload or ""))


def _messages_response(
    site: WebsiteContext, store: ConversationStore, session: Session, messages: list[Message]
) -> HTTPResponse:
    """Links to calendars are made when they are shown, so that they have not run out."""

    def path() -> str:
        conversation, today = session.conversation, datetime.now(timezone.utc).date()
        return site.calendars.path(conversation, today, store.erasure(conversation))

    return json_response({"messages": [with_link(message, path) for message in messages]})
