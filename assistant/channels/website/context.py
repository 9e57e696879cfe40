"""Context of the website routes: shared parts, limits by conversation and address, and common checks."""

from __future__ import annotations

from dataclasses import dataclass

from rasa.core.agent import Agent
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import (
    BusyError,
    ErasedError,
    NotAnsweredError,
    NotOfferedError,
    NotReadyError,
    RefusedError,
    TooFastError,
)
from assistant.server.http.app import ProblemHandler
from assistant.server.http.middleware import address_of
from assistant.server.http.sessions import Session, Sessions
from assistant.server.messages import CollectedOutput
from assistant.server.problems import ProblemError
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.traffic.queues import AdmissionQueue
from assistant.server.traffic.rate_limits import InMemoryLimit, Limit, limit_of
from assistant.settings import Settings

_TALKING = 4  # conversations of one address that may go on at full pace
_READS = 2  # for each message that may be sent
_READS_AT_LEAST = 60  # a minute
_EXPORTS_AT_LEAST = 6  # a minute; one for five messages that may be sent
_PROBLEMS: dict[type[RefusedError], str] = {
    NotReadyError: "not_ready",
    BusyError: "busy",
    ErasedError: "no_session",
    NotOfferedError: "not_offered",
    NotAnsweredError: "not_answered",
    TooFastError: "too_fast",
}


@dataclass(frozen=True)
class Limits:
    """Calls a minute. Messages and ratings are counted over all replicas, reads and deletions in each of them."""

    openings: Limit
    """By address."""
    messages: Limit
    """By conversation."""
    messages_of_address: Limit
    """A long message counts as several."""
    ratings: Limit
    """By conversation."""
    reads: Limit
    """History, calendar and repeated answers, by conversation."""
    exports: Limit
    """By conversation."""
    deletions: Limit
    """By conversation; counted apart, so that reading never hinders deleting."""

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Derive all limits from the two settings that there are."""
        messages, redis = settings.messages_per_minute, settings.redis_url
        reads = max(_READS_AT_LEAST, _READS * messages)
        return cls(
            openings=limit_of("sessions", settings.sessions_per_minute, redis),
            messages=limit_of("messages", messages, redis),
            messages_of_address=limit_of("address", _TALKING * messages, redis),
            ratings=limit_of("ratings", messages, redis),
            reads=InMemoryLimit(reads),
            exports=InMemoryLimit(max(_EXPORTS_AT_LEAST, messages // 5)),
            deletions=InMemoryLimit(reads),
        )


@dataclass(frozen=True)
class LimitOfBoth:
    """A limit by conversation and one by address."""

    by_conversation: Limit
    by_address: Limit
    address: str

    async def hit(self, key: str, times: int = 1) -> int:
        """Count one hit of the conversation `key`, and as many of the address; see `Limit.hit`."""
        return await self.by_conversation.hit(key) or await self.by_address.hit(self.address, times)


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
            address=address_of(request),
            ceiling=self.ceiling,
        )


def refusal_response(request: Request, refused: RefusedError) -> HTTPResponse:
    """Return a refusal of `ConversationService` as problem details; Sanic's handler of these exceptions."""
    problem = ProblemError(_PROBLEMS[type(refused)], retry_after=refused.retry_after)
    return ProblemHandler().default(request, problem)


def session_of(context: WebsiteContext, request: Request) -> Session:
    """Return the session of the request's bearer token, or raise `no_session`."""
    scheme, _, token = request.headers.getone("authorization", "").partition(" ")
    session = context.sessions.recognise(token.strip()) if scheme.lower() == "bearer" else None
    if session is None:
        raise ProblemError("no_session")
    return session
