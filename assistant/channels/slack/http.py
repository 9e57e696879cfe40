"""Slack's webhook: verifies the signature, acknowledges and dispatches."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from sanic import Blueprint
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from slack_sdk.signature import SignatureVerifier

from assistant.channels.slack.dispatcher import Dispatcher
from assistant.channels.slack.payloads import Incoming, UnknownTypeError, UnreadableError, read_body
from assistant.server.observability.metrics import ACKNOWLEDGED
from assistant.server.problems import problem_response

FIVE_MINUTES = 300


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


_log = structlog.get_logger("assistant.channels.slack.http")

MAX_BODY = 1024 * 1024  # bytes; a block action includes the whole message
_RETRY = {"Retry-After": "5"}


def add_webhook_route(slack: Blueprint, secret: str, reception: Callable[[], Dispatcher | None]) -> None:
    """Add `POST /webhooks/slack/webhook`. `reception` returns None while there is no model."""

    # stream: the route reads the body itself, as the server's limit is lower than Slack needs
    @slack.post("/webhook", stream=True)
    async def take_in(request: Request) -> HTTPResponse:
        with ACKNOWLEDGED.time():
            return await _take_in(request)

    async def _take_in(request: Request) -> HTTPResponse:
        timestamp = _only(request, "x-slack-request-timestamp")
        if timestamp is None or not is_recent(timestamp):
            return _refused(
                "unsigned", "no timestamp within the last five minutes; check this machine's clock"
            )
        body = await _body_of(request)
        if body is None:
            return _refused("body_too_long", "longer than Slack's own requests")
        if not is_signed(secret, timestamp, _only(request, "x-slack-signature"), body):
            return _refused("unsigned", "wrong signature; check SLACK_SIGNING_SECRET")
        return _answer(_only(request, "content-type") or "", body, reception())


def _answer(content_type: str, body: bytes, reception: Dispatcher | None) -> HTTPResponse:
    try:
        incoming = read_body(content_type, body)
    except UnknownTypeError:
        return _refused("unknown_type", "neither JSON nor a form")
    except UnreadableError:
        return _refused("bad_request", "body does not match its content type")
    if incoming.kind == "challenge":
        return json({"challenge": incoming.body.get("challenge")})
    if incoming.kind == "check":
        return empty(200)
    return _taken_in(incoming, reception)


def _taken_in(incoming: Incoming, reception: Dispatcher | None) -> HTTPResponse:
    if reception is None:  # Slack retries
        return problem_response("not_ready", _RETRY)
    reception.receive(incoming)
    return HTTPResponse(b"", status=200, content_type="text/plain; charset=utf-8")


async def _body_of(request: Request) -> bytes | None:
    """Read the raw body; None if it is too long."""
    length = _only(request, "content-length")
    if length is not None and int(length) > MAX_BODY:
        return None
    body = bytearray()
    if request.stream is None:
        return bytes(request.body or b"")
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
