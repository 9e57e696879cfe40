"""The turn log: one structured line per turn with topic, outcome, duration and request id, never user text."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime, timezone

import structlog
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from assistant.core.protocol import Message
from assistant.server.observability.metrics import count_turn

HEADER = "X-Request-ID"

_FORM = re.compile(r"[A-Za-z0-9-]{8,64}")
_present: ContextVar[str] = ContextVar("request_id", default="-")
_log = structlog.get_logger("assistant.server.observability.turn_log")


def present_request_id() -> str:
    """Return the id of the current request, or "-"."""
    return _present.get()


def take_request_id(request: Request) -> None:
    """Request middleware: adopt the request id of a trusted proxy if it is valid, else generate one."""
    has_proxy = bool(
        request.app.config.PROXIES_COUNT
    )  # without one the visitor would choose what stands in the log
    given = request.headers.getone(HEADER, "") if has_proxy else ""
    request.ctx.request_id = given if _FORM.fullmatch(given) else secrets.token_hex(8)
    _present.set(request.ctx.request_id)


def give_request_id(request: Request, response: BaseHTTPResponse) -> None:
    """Response middleware: add the request id header."""
    given = getattr(request.ctx, "request_id", None)
    if given is not None:
        response.headers.setdefault(HEADER, given)


def log_turn(
    channel: str,
    conversation: str,
    messages: Sequence[Message],
    confidence: float | None,
    milliseconds: float,
) -> None:
    """Log and count one turn. Topics of several answers are joined: `pain,downtime`."""
    count_turn(channel, messages, milliseconds)
    _log.info(
        "turn",
        request=present_request_id(),
        at=datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        channel=channel,
        conversation=short_hash(conversation),
        topic=_each(messages, "topic"),
        outcome=_each(messages, "outcome"),
        confidence=None if confidence is None else round(confidence, 3),
        milliseconds=round(milliseconds, 1),
    )


def short_hash(conversation: str) -> str:
    """Hash a conversation id, so that the log distinguishes conversations without identifying them."""
    return hashlib.sha256(conversation.encode()).hexdigest()[:8]


def _each(messages: Sequence[Message], key: str) -> str:
    return ",".join(dict.fromkeys(str(m["metadata"].get(key, "-")) for m in messages))
