"""A messenger in one module, the example of docs/new-channel.md: the reply to a message is the HTTP response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import (
    ButtonPress,
    NotOfferedError,
    RefusedError,
    Reply,
    TooFastError,
    TypedMessage,
    ready_agent_of,
)
from assistant.server.messages import CollectedOutput
from assistant.server.traffic.rate_limits import Limit, limit_of

REFUSALS: dict[type[RefusedError], str] = {
    TooFastError: "Please wait a moment before you write again.",
    NotOfferedError: "This button isn't part of our conversation.",
}
LATER = "Please try again in a moment."


class ExampleOutput(CollectedOutput):
    """Lets responses be written for this channel alone."""

    @classmethod
    def name(cls) -> str:
        """Return the name that `channel:` in a response refers to."""
        return "example"


class ExampleInput(InputChannel):
    """`POST /webhooks/example/messages`; people are known by their number."""

    def __init__(self, limit: Limit) -> None:
        """`limit` is keyed by conversation."""
        self._limit = limit

    @classmethod
    def name(cls) -> str:
        """Return Rasa's name of this channel."""
        return "example"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ExampleInput:
        """`credentials` is this channel's section of credentials.yml."""
        return cls(limit_of("example", int((credentials or {})["messages_per_minute"]), ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The only route."""
        routes = Blueprint("example")

        @routes.post("/messages")
        async def receive(request: Request) -> HTTPResponse:
            try:
                service = ConversationService(ready_agent_of(request.app), ExampleOutput, self._limit)
                return json((await _reply(service, request.json)).messages)
            except RefusedError as refused:
                return json([{"text": REFUSALS.get(type(refused), LATER)}])

        return routes


async def _reply(service: ConversationService, body: dict[str, Any]) -> Reply:
    incoming = (f"example-{body['from']}", body["id"], None)
    if "button" in body:
        return await service.press(ButtonPress(*incoming, body["button"]))
    return await service.say(TypedMessage(*incoming, body["text"]))
