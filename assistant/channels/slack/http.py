"""Rasa's input channel for Slack and its webhook: verifies the signature, then hands the payload to Bolt."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_bolt import BoltResponse
from slack_bolt.adapter.sanic.async_handler import to_async_bolt_request, to_sanic_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from assistant.channels.slack.app import SlackApp
from assistant.channels.slack.settings import Settings
from assistant.server.http.app import ServerBlueprint
from assistant.server.http.routes import add_report
from assistant.server.observability.metrics import ACKNOWLEDGED
from assistant.server.problems import problem_response
from assistant.server.settings import read

_log = structlog.get_logger("assistant.channels.slack.http")

FIVE_MINUTES = 300
MAX_BODY = 1024 * 1024  # bytes; a block action includes the whole message
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
_KNOWN_KEYS = ("type", "command", "ssl_check")
_RETRY = {"Retry-After": "5"}

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class SlackInput(InputChannel):
    """Slack channel. Without Slack's settings it has no routes and makes no calls."""

    def __init__(self, settings: Settings) -> None:
        """Store the settings; nothing is called before the server has started."""
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Return Rasa's name of the channel; its routes are under /webhooks/slack."""
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
        """Create the channel from its section of credentials.yml."""
        return cls(read(Settings, credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the route and its listeners. Messages go through `ConversationService`, not `on_new_message`."""
        blueprint = ServerBlueprint("slack", self._settings)
        if not self._settings.is_on:
            return blueprint
        slack = SlackApp(self._settings)

        async def open_app(app: Sanic, _loop: object) -> None:
            await slack.open(app)
            if self._settings.app_token:
                add_report(app, "slack", slack.state)

        async def close_app(_app: Sanic, _loop: object) -> None:
            await slack.close()

        blueprint.listener("after_server_start")(open_app)
        blueprint.listener("before_server_stop")(close_app)
        if self._settings.signing_secret:
            add_webhook_route(blueprint, self._settings.signing_secret, slack.dispatch)
        return blueprint


def add_webhook_route(blueprint: Blueprint, secret: str, dispatch: Dispatch) -> None:
    """Add `POST /webhooks/slack/webhook`."""

    # stream: the route reads the body itself, as the server's limit is lower than Slack needs
    @blueprint.post("/webhook", stream=True)
    async def receive(request: Request) -> HTTPResponse:
        with ACKNOWLEDGED.time():
            return await _receive(request, secret, dispatch)


def is_recent(timestamp: str | None) -> bool:
    """Return whether the timestamp is within five minutes of now; checked before the body is read."""
    if timestamp is None or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    return abs(time.time() - int(timestamp)) <= FIVE_MINUTES


def is_signed(secret: str, timestamp: str, signature: str | None, body: bytes) -> bool:
    """Return whether the signature matches the raw body."""
    if signature is None or not signature.isascii():
        return False
    try:
        return SignatureVerifier(secret).is_valid(body, timestamp, signature)
    except UnicodeDecodeError:  # Slack sends UTF-8
        return False


async def _receive(request: Request, secret: str, dispatch: Dispatch) -> HTTPResponse:
    timestamp = _only(request, "x-slack-request-timestamp")
    if timestamp is None or not is_recent(timestamp):
        return _refused("unsigned", "no timestamp within the last five minutes; check this machine's clock")
    body = await _read_body(request)
    if body is None:
        return _refused("body_too_long", "longer than Slack's own requests")
    if not is_signed(secret, timestamp, _only(request, "x-slack-signature"), body):
        return _refused("unsigned", "wrong signature; check SLACK_SIGNING_SECRET")
    media = (_only(request, "content-type") or "").partition(";")[0].strip().lower()
    if media not in (JSON, FORM):
        return _refused("unknown_type", "neither JSON nor a form")
    request.body = body
    return await _respond(request, media, dispatch)


async def _respond(request: Request, media: str, dispatch: Dispatch) -> HTTPResponse:
    payload = parsed(request, media)
    if payload is None:
        return _refused("bad_request", "body does not match its content type")
    response = await dispatch(payload)
    return problem_response("not_ready", _RETRY) if response.status == 503 else to_sanic_response(response)


def parsed(request: Request, media: str) -> AsyncBoltRequest | None:
    """Return the payload as Bolt reads it, or None for what Slack never sends."""
    if media == FORM and request.body.startswith(b"{"):  # Bolt would read it as JSON
        return None
    try:
        payload = to_async_bolt_request(request)
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RecursionError,
    ):  # Bolt expects objects in many places
        return None
    return payload if any(key in payload.body for key in _KNOWN_KEYS) else None


async def _read_body(request: Request) -> bytes | None:
    """Read the raw body; None if it is too long."""
    length = _only(request, "content-length")
    if length is not None and int(length) > MAX_BODY:
        return None
    if request.stream is None:
        return bytes(request.body or b"")
    body = bytearray()
    try:
        while (piece := await request.stream.read()) is not None:
            body += piece
            if len(body) > MAX_BODY:
                return None
    except PayloadTooLarge:
        return None
    return bytes(body)


def _refused(kind: str, why: str) -> HTTPResponse:
    _log.warning("request_refused", problem=kind, why=why)
    return problem_response(kind)


def _only(request: Request, name: str) -> str | None:
    """Return a header that occurs exactly once, else None."""
    found = request.headers.getall(name, [])
    return str(found[0]) if len(found) == 1 else None
