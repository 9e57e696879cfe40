"""Routes of a conversation: its session, messages and ratings, its export, and its timeline as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from assistant.channels.aftercare import calendar_file, calendar_page
from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import ButtonPress, Reply, TypedMessage, agent_of, ready_agent_of
from assistant.channels.website.context import WebsiteContext, session_of
from assistant.channels.website.schemas import IncomingMessage, read_feedback, read_message
from assistant.core.aftercare.timeline_page import POLICY
from assistant.server.http.middleware import address_of
from assistant.server.http.routes import json_response, stream_json
from assistant.server.http.sessions import Session
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import PATH, with_link
from assistant.server.storage.tracker_store import ConversationStore, store_of

_SESSIONS = "/webhooks/website/session"
_AS_FILE = {"Content-Disposition": 'attachment; filename="conversation.json"'}
_MESSAGES = "/webhooks/website/messages"
_FEEDBACK = "/webhooks/website/feedback"
_FORMATS = {
    "ics": (
        calendar_file,
        "text/calendar; charset=utf-8",
        {"Content-Disposition": 'attachment; filename="microneedling.ics"'},
    ),
    "html": (calendar_page, "text/html; charset=utf-8", {"Content-Security-Policy": POLICY}),
}
_NOT_STORED = {"Cache-Control": "no-store"}


def add_session_routes(blueprint: Blueprint, context: WebsiteContext) -> None:
    """`POST` and `DELETE /webhooks/website/session`, `GET /webhooks/website/session/export`."""

    @blueprint.post(_SESSIONS)
    async def open_session(request: Request) -> HTTPResponse:
        wait = await context.limits.openings.hit(address_of(request))
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        token, session = context.sessions.open()
        expires_at = session.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return json_response({"token": token, "expires_at": expires_at}, status=201)

    @blueprint.get(f"{_SESSIONS}/export")
    async def export_conversation(request: Request) -> None:
        session = session_of(context, request)
        conversations = context.conversations(agent_of(request.app), request)
        await stream_json(request, await conversations.export_pages(session.conversation), _AS_FILE)

    @blueprint.delete(_SESSIONS)
    async def erase_conversation(request: Request) -> HTTPResponse:
        session = session_of(context, request)
        conversations = context.conversations(agent_of(request.app), request)
        await conversations.erase(session.conversation, session.expires_at)
        return empty()


def add_message_routes(blueprint: Blueprint, context: WebsiteContext) -> None:
    """`POST` and `GET /webhooks/website/messages`."""

    @blueprint.post(_MESSAGES)
    async def send_message(request: Request) -> HTTPResponse:
        conversations = context.conversations(ready_agent_of(request.app), request)
        session = session_of(context, request)
        version = conversations.erasure_version(
            session.conversation
        )  # 401 comes before what is wrong with the body
        said = read_message(request.headers.getone("content-type", None), request.body)
        reply = await _reply(conversations, session.conversation, said, version)
        path = _calendar_path(context, conversations.store, session)
        return json_response({"messages": [with_link(message, path) for message in reply.messages]})

    @blueprint.get(_MESSAGES)
    async def read_conversation(request: Request) -> None:
        session = session_of(context, request)
        conversations = context.conversations(agent_of(request.app), request)
        path = _calendar_path(context, conversations.store, session)
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


def _calendar_path(context: WebsiteContext, store: ConversationStore, session: Session) -> Callable[[], str]:
    """Return a function that makes the link to a calendar when it is shown, so that it has not expired."""

    def path() -> str:
        conversation, today = session.conversation, datetime.now(timezone.utc).date()
        return context.calendars.path(conversation, today, store.erasure(conversation))

    return path


def add_feedback_routes(blueprint: Blueprint, context: WebsiteContext) -> None:
    """`POST /webhooks/website/feedback`."""

    @blueprint.post(_FEEDBACK)
    async def rate_answer(request: Request) -> HTTPResponse:
        conversations = context.conversations(agent_of(request.app), request)
        session = session_of(context, request)
        conversations.erasure_version(session.conversation)  # 401 comes before what is wrong with the body
        rated = read_feedback(request.headers.getone("content-type", None), request.body)
        await conversations.rate(session.conversation, rated)
        return empty()


def add_calendar_routes(blueprint: Blueprint, context: WebsiteContext) -> None:
    """`GET /webhooks/website/calendar/SIGNED.ics` and `SIGNED.html`; who has the link needs no session."""

    @blueprint.get(f"{PATH}<name:str>")
    async def send_calendar(request: Request, name: str) -> HTTPResponse:
        agent, now = ready_agent_of(request.app), datetime.now(timezone.utc)
        signed, _, ending = name.rpartition(".")
        link = context.calendars.read(signed, now.date())
        if link is None or ending not in _FORMATS:
            raise ProblemError("no_calendar")
        conversation, version = link
        wait = await context.limits.reads.hit(conversation)
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        state = store_of(agent).erasure_state(conversation)
        if state.is_final or state.version > version:
            raise ProblemError("no_calendar")
        write, content_type, headers = _FORMATS[ending]
        content = await write(agent, conversation, now)
        if content is None:
            raise ProblemError("no_calendar")
        return raw(content, headers={**_NOT_STORED, **headers}, content_type=content_type)
