"""What the website channel's routes share: its parts, and the questions that each of them asks first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rasa.core.agent import Agent
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.conversation_service import (
    BusyError,
    ConversationService,
    ErasedError,
    NotAnsweredError,
    NotOfferedError,
    NotReadyError,
    RefusedError,
    TooFastError,
)
from assistant.server.http.app import ProblemHandler
from assistant.server.http.sessions import Session, Sessions
from assistant.server.messages import CollectedOutput
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.traffic.admission_queue import AdmissionQueue
from assistant.server.traffic.rate_limits import Limit

_PROBLEMS: dict[type[RefusedError], str] = {
    NotReadyError: "not_ready",
    BusyError: "busy",
    ErasedError: "no_session",
    NotOfferedError: "not_offered",
    NotAnsweredError: "not_answered",
    TooFastError: "too_fast",
}


class WebsiteOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """What `channel:` in a response refers to."""
        return "website"


@dataclass(frozen=True)
class WebsiteContext:
    """The parts of one website channel."""

    sessions: Sessions
    messages: Limit
    """Keyed by conversation."""
    line: AdmissionQueue
    openings: Limit
    """Keyed by address."""
    ratings: Limit
    """Keyed by conversation."""
    calendars: CalendarLinks

    def conversations(self, agent: Agent) -> ConversationService:
        """The channel's conversations with that agent."""
        return ConversationService(
            agent, WebsiteOutput, messages=self.messages, ratings=self.ratings, queue=self.line
        )


def json_response(body: object, status: int = 200) -> HTTPResponse:
    """JSON as people read it: Sanic's own writes every slash and accent as an escape."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return HTTPResponse(content, status=status, content_type="application/json")


def refusal_response(request: Request, refused: RefusedError) -> HTTPResponse:
    """A refusal of `ConversationService` as problem details; Sanic's handler of these exceptions."""
    problem = ProblemError(_PROBLEMS[type(refused)], retry_after=refused.retry_after)
    return ProblemHandler().default(request, problem)


def session_of(site: WebsiteContext, request: Request) -> Session:
    """The session that the request's bearer token belongs to."""
    scheme, _, token = request.headers.getone("authorization", "").partition(" ")
    session = site.sessions.recognise(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        raise ProblemError("no_session")
    return session


def address_of(request: Request) -> str:
    """The visitor's address; a proxy is believed only where Sanic is told to (SANIC_PROXIES_COUNT)."""
    return request.remote_addr or request.ip
