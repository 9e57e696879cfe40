"""Context of the website routes: shared parts and common checks."""

from __future__ import annotations

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
from assistant.channels.website.limits import LimitOfBoth, Limits
from assistant.server.http.app import ProblemHandler
from assistant.server.http.middleware import address_of
from assistant.server.http.sessions import Session, Sessions
from assistant.server.messages import CollectedOutput
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.traffic.queues import AdmissionQueue

_PROBLEMS: dict[type[RefusedError], str] = {
    NotReadyError: "not_ready",
    BusyError: "busy",
    ErasedError: "no_session",
    NotOfferedError: "not_offered",
    NotAnsweredError: "not_answered",
    TooFastError: "too_fast",
}


class WebsiteOutput(CollectedOutput):
    """Output of this channel, so that responses can be written for it alone."""

    @classmethod
    def name(cls) -> str:
        """Return the channel name used by `channel:` in responses."""
        return "website"


@dataclass(frozen=True)
class WebsiteContext:
    """Shared parts of the website channel."""

    sessions: Sessions
    limits: Limits
    line: AdmissionQueue
    calendars: CalendarLinks
    ceiling: int
    """Messages after which a conversation begins anew."""

    def conversations(self, agent: Agent, request: Request) -> ConversationService:
        """Return the conversations of the channel, with that agent, for one visitor."""
        limits = self.limits
        return ConversationService(
            agent,
            WebsiteOutput,
            messages=LimitOfBoth(limits.messages, limits.messages_of_address, address_of(request)),
            ratings=limits.ratings,
            reads=limits.reads,
            exports=limits.exports,
            deletions=limits.deletions,
            queue=self.line,
            ceiling=self.ceiling,
        )


def refusal_response(request: Request, refused: RefusedError) -> HTTPResponse:
    """Return a refusal of `ConversationService` as problem details; Sanic's handler of these exceptions."""
    problem = ProblemError(_PROBLEMS[type(refused)], retry_after=refused.retry_after)
    return ProblemHandler().default(request, problem)


def session_of(site: WebsiteContext, request: Request) -> Session:
    """Return the session of the request's bearer token, or raise `no_session`."""
    scheme, _, token = request.headers.getone("authorization", "").partition(" ")
    session = site.sessions.recognise(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        raise ProblemError("no_session")
    return session
