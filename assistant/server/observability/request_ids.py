"""Request ids, shared by the logs of the proxy, the assistant and the action server."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from sanic.request import Request
from sanic.response import BaseHTTPResponse

HEADER = "X-Request-ID"

_FORM = re.compile(r"[A-Za-z0-9-]{8,64}")
_present: ContextVar[str] = ContextVar("request_id", default="-")


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
