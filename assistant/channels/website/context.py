"""Context of the website routes: shared parts and common checks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError
from sanic.request import Request

from assistant.server.http.route_helpers import RETRY_AFTER, agent_of
from assistant.server.http.sessions import Session, Sessions
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.storage.tracker_store import ConversationStore, store_of
from assistant.server.traffic.admission_queue import AdmissionQueue
from assistant.server.traffic.rate_limits import Limit


@dataclass(frozen=True)
class WebsiteContext:
    """Shared parts of the website channel."""

    sessions: Sessions
    messages: Limit
    """Keyed by conversation."""
    line: AdmissionQueue
    openings: Limit
    """Keyed by IP address."""
    ratings: Limit
    """Keyed by conversation."""
    calendars: CalendarLinks


def session_of(site: WebsiteContext, request: Request) -> Session:
    """Return the session of the request's bearer token, or raise `no_session`."""
    scheme, _, token = request.headers.getone("authorization", "").partition(" ")
    session = site.sessions.recognise(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        raise ProblemError("no_session")
    refuse_erased(store_of(agent_of(request)), session)
    return session


def refuse_erased(store: ConversationStore, session: Session) -> None:
    """Raise `no_session` if the session's conversation has been deleted."""
    if store.is_erased(session.conversation):
        raise ProblemError("no_session")


def address_of(request: Request) -> str:
    """Return the visitor's IP address; proxies are trusted only if SANIC_PROXIES_COUNT is set."""
    return request.remote_addr or request.ip


@asynccontextmanager
async def conversation_lock(agent: Agent, conversation: str) -> AsyncIterator[None]:
    """Hold the conversation's lock. The key is not the conversation id, which Rasa locks during a turn."""
    lock = agent.lock_store.lock(f"website:{conversation}")
    try:
        await lock.__aenter__()
    except LockError:
        raise ProblemError("busy", retry_after=RETRY_AFTER) from None
    try:
        yield
    finally:
        await lock.__aexit__(None, None, None)
