"""Routes for sending a message and reading the conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.dates import form_date
from assistant.channels.website.context import WebsiteContext, conversation_lock, refuse_erased, session_of
from assistant.channels.website.schemas import IncomingMessage, read_message
from assistant.core.protocol import Message
from assistant.server.http.route_helpers import agent_of, json_response, ready_agent_of
from assistant.server.http.sessions import Session
from assistant.server.messages import CollectedOutput, as_plain_text
from assistant.server.problems import ProblemError
from assistant.server.rasa.turns import take_turn
from assistant.server.storage import feedback
from assistant.server.storage.calendar_links import with_link
from assistant.server.storage.deletion import delete_as_requested, is_deletion_request
from assistant.server.storage.tracker_store import ConversationStore, store_of
from assistant.server.storage.transcript import answer_to, history, offered_title

_PATH = "/webhooks/website/messages"


class WebsiteOutput(CollectedOutput):
    """Output channel under whose name responses can have variants for the website."""

    @classmethod
    def name(cls) -> str:
        """Return the name used by `channel:` in responses."""
        return "website"


def add_message_routes(front: Blueprint, site: WebsiteContext) -> None:
    """Add `POST` and `GET /webhooks/website/messages`."""

    @front.post(_PATH)
    async def send_message(request: Request) -> HTTPResponse:
        agent = ready_agent_of(request)
        session = session_of(site, request)
        said = read_message(request.headers.getone("content-type", None), request.body)
        async with conversation_lock(agent, session.conversation), site.line.place():
            answer = await _answer(site, agent, session, said)
        return _messages_response(site, store_of(agent), session, answer)

    @front.get(_PATH)
    async def read_conversation(request: Request) -> HTTPResponse:
        session = session_of(site, request)
        store = store_of(agent_of(request))
        thumbs = feedback.given(store.engine, session.conversation)
        said = list(feedback.with_feedback(history(store, session.conversation), thumbs))
        return _messages_response(site, store, session, said)


def _messages_response(
    site: WebsiteContext, store: ConversationStore, session: Session, messages: list[Message]
) -> HTTPResponse:
    """Return the messages with newly signed calendar links, so that none has expired."""

    def path() -> str:
        conversation, today = session.conversation, datetime.now(timezone.utc).date()
        return site.calendars.path(conversation, today, store.erasure(conversation))

    return json_response({"messages": [with_link(message, path) for message in messages]})


async def _answer(
    site: WebsiteContext, agent: Agent, session: Session, said: IncomingMessage
) -> list[Message]:
    store = store_of(agent)
    refuse_erased(store, session)  # it may have been deleted while waiting for the lock
    answered = answer_to(store, session.conversation, said.id)
    if answered is not None:
        return answered
    wait = await site.messages.hit(session.conversation)
    if wait:
        raise ProblemError("too_fast", retry_after=wait)
    if said.text is not None and is_deletion_request(said.text):
        return delete_as_requested(agent, WebsiteOutput.name(), session.conversation)
    metadata: dict[str, str | None] = {"timezone": said.timezone}
    if said.payload is not None:
        return await take_turn(agent, _pressed(store, session, said, metadata))
    return await take_turn(agent, _for_rasa(session, said, metadata))


def _pressed(
    store: ConversationStore, session: Session, said: IncomingMessage, metadata: dict[str, str | None]
) -> UserMessage:
    """Convert a payload: a date from a form, always allowed, or a button offered in this conversation."""
    payload = said.payload or ""
    date = form_date(payload, said.timezone)
    if date is not None:
        return _for_rasa(session, replace(said, payload=date.payload), {**metadata, "title": date.sentence})
    title = offered_title(store, session.conversation, payload)
    if title is None:
        raise ProblemError("not_offered")
    return _for_rasa(session, said, {**metadata, "title": title})


def _for_rasa(session: Session, said: IncomingMessage, metadata: dict[str, str | None]) -> UserMessage:
    return UserMessage(
        text=said.payload if said.text is None else as_plain_text(said.text),
        output_channel=WebsiteOutput(),
        sender_id=session.conversation,
        input_channel=WebsiteOutput.name(),
        message_id=said.id,
        metadata=metadata,
    )
