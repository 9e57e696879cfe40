"""Requests of channels to the conversation service: messages, replies and refusals, and the agent that answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rasa.core.agent import Agent
from sanic import Sanic

from assistant.core.protocol import Message

RETRY_AFTER = 5  # seconds, where nothing better is known
_SHORT = 100  # characters


@dataclass(frozen=True)
class IncomingRequest:
    """Common part of all that a channel asks of a conversation."""

    conversation: str
    id: str
    """The channel's own id of the message: the same id again gets the same answer."""
    timezone: str | None
    """An IANA name."""
    erasure_version: float | None = field(default=None, kw_only=True)
    """State of the conversation when the message came; read by the service where it is missing."""
    begins_anew: bool = field(default=False, kw_only=True)
    """The conversation has reached its ceiling; set by the service."""

    @property
    def cost(self) -> int:
        """Return the number of short messages that take as long."""
        return 1


@dataclass(frozen=True)
class TypedMessage(IncomingRequest):
    """Words; never a command of Rasa's, even if they begin with a slash."""

    text: str

    @property
    def cost(self) -> int:
        """Return one for each hundred characters that have begun."""
        return 1 + len(self.text) // _SHORT


@dataclass(frozen=True)
class ButtonPress(IncomingRequest):
    """A button that the conversation was offered, or a date form (`/timeline{"treated_at": ...}`)."""

    payload: str


@dataclass(frozen=True)
class DatePick(IncomingRequest):
    """A date from the channel's own picker."""

    local: datetime
    """On the person's clock, with or without an offset."""


@dataclass(frozen=True)
class Reply:
    """The answer to one message."""

    messages: list[Message]


class RefusedError(Exception):
    """A message that isn't answered. Each channel says so in its own way."""

    retry_after: int | None = None
    """Seconds after which it may be sent again; none where that would not help."""


class NotReadyError(RefusedError):
    """There is no model to answer with yet."""

    retry_after = RETRY_AFTER


class BusyError(RefusedError):
    """Too many messages of this conversation are waiting, or for too long."""

    retry_after = RETRY_AFTER


class ErasedError(RefusedError):
    """The conversation was erased for good."""


class NotOfferedError(RefusedError):
    """This conversation was never offered the button."""


class NotAnsweredError(RefusedError):
    """There is no such answer to rate."""


class TooFastError(RefusedError):
    """The conversation's rate limit is exhausted."""

    def __init__(self, retry_after: int) -> None:
        """`retry_after` is in seconds."""
        super().__init__()
        self.retry_after = retry_after


def agent_of(app: Sanic) -> Agent:
    """Return the server's agent, which may still be without a model."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None:
        raise NotReadyError
    return agent


def ready_agent_of(app: Sanic) -> Agent:
    """Return the server's agent, with a model."""
    agent = agent_of(app)
    if not agent.is_ready():
        raise NotReadyError
    return agent
