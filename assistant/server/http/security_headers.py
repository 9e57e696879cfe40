"""Headers of every response."""

from __future__ import annotations

from typing import Final

from sanic.request import Request
from sanic.response import BaseHTTPResponse

SECURITY_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def add_headers(request: Request, response: BaseHTTPResponse) -> None:
    """Response middleware: add those that the response does not set itself."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.scheme == "https":  # trusted from a proxy only if SANIC_PROXIES_COUNT is set
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
