"""CORS: the origins whose scripts may call the website channel."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from assistant.server.problems import problem_response

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


class Origins:
    """The allowed origins: the server's own and those in the list; `*` allows all."""

    def __init__(self, allowed: frozenset[str]) -> None:
        """`allowed` holds lower-case origins such as `https://example.org`."""
        self._allowed = allowed

    def refuse(self, request: Request) -> HTTPResponse | None:
        """Request middleware: answer preflights and reject requests from origins that are not allowed."""
        origin = request.headers.getone("origin", None)
        if origin is None or not request_path(request).startswith("/webhooks/website/"):
            return None
        if not (self._is_listed(origin) or _is_own(origin, request)):
            return problem_response("origin_not_allowed")
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            return HTTPResponse(status=204, headers=_PREFLIGHT)
        return None

    def mark(self, request: Request, response: BaseHTTPResponse) -> None:
        """Response middleware: add the CORS headers for an allowed origin."""
        origin = request.headers.getone("origin", None)
        if origin is not None and self._is_listed(origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        varies = response.headers.get("Vary")
        response.headers["Vary"] = f"{varies}, Origin" if varies else "Origin"

    def _is_listed(self, origin: str) -> bool:
        return "*" in self._allowed or origin.lower() in self._allowed


def _is_own(origin: str, request: Request) -> bool:
    # The scheme is ignored: behind a proxy that terminates TLS it differs. Sanic's `host` believes X-Forwarded-Host.
    own = request.headers.getone("host", "").lower()
    try:
        return bool(own) and urlsplit(origin).netloc.lower() == own
    except ValueError:
        return False


def request_path(request: Request) -> str:
    """Return the path, or "" if it is not UTF-8, for which Sanic's own property raises."""
    try:
        return str(request.path)
    except UnicodeDecodeError:
        return ""
