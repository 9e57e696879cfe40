"""What the website channel's routes share: its parts, and the questions that each of them asks first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rasa.core.agent import Agent
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.calendar_links import CalendarLinks
from channels.conversation_store import ConversationStore, store_of
from channels.limits import Limit
from channels.problems import ProblemError
from channels.waiting_line import WaitingLine
from channels.website.sessions import Session, Sessions

RETRY_AFTER = 5  # seconds, where nothing better is known


@dataclass(frozen=True)
class Site:
    """The parts of one website channel."""

    sessions: Sessions
    messages: Limit
    """Keyed by conversation."""
    line: WaitingLine
    openings: Limit
    """Keyed by address."""
    ratings: Limit
    """Keyed by conversation."""
    calendars: CalendarLinks


def json_response(body: object, status: int = 200) -> HTTPResponse:
    """JSON as people read it: Sanic's own writes every slash and accent as an escape."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return HTTPResponse(content, status=status, content_type="application/json")


def agent_of(request: Request) -> Agent:
    """The agent, which may still be without a model."""
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise ProblemError("not_ready", retry_after=RETRY_AFTER)
    return agent


def ready_agent_of(request: Request) -> Agent:
    """The agent, with a model."""
    agent = agent_of(request)
    if not agent.is_ready():
        raise ProblemError("not_ready", retry_after=RETRY_AFTER)
    return agent


def session_of(site: Site, request: Request) -> Session:
    """The living session that the request's bearer token belongs to."""
    scheme, _, token = request.headers.getone("authorization", "").partition(" ")
    session = site.sessions.recognise(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        raise ProblemError("no_session")
    refuse_erased(store_of(agent_of(request)), session)
    return session


def refuse_erased(store: ConversationStore, session: Session) -> None:
    """An erased session is worth nothing."""
    if store.is_erased(session.conversation):
        raise ProblemError("no_session")


def address_of(request: Request) -> str:
    """The visitor's address; a proxy is believed only where Sanic is told to (SANIC_PROXIES_COUNT)."""
    return request.remote_addr or request.ip
