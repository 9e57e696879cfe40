"""Middleware for all requests: names of the server, origins, requests per address, and security headers.

A website can point a name of its own at this machine, and its scripts then count as the server's own pages (DNS
rebinding). That takes a name which its owner can register: no address, and no name without a dot.
"""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from assistant.server.problems import problem_response
from assistant.server.storage.calendar_links import PATH
from assistant.server.traffic.rate_limits import SlidingWindow
from assistant.settings import Settings

_HOME = 64  # bits; a household or a server gets at least such a network, and may use any address of it
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
# Monitoring comes by any name; what Slack sends and a link to a calendar carry a secret instead.
_ANY_HOST = ("/health/", "/webhooks/slack/", PATH)
_PER_MESSAGE = 20  # requests for each message that a conversation may send
_AT_LEAST = 600  # a minute
_UNLIMITED = ("/health/", "/webhooks/slack/")  # monitoring, and Slack, whose servers share addresses
SECURITY_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def address_of(request: Request) -> str:
    """Return the visitor's network; proxies are trusted only if SANIC_PROXIES_COUNT is set."""
    return network_of(request.remote_addr) or network_of(request.ip) or request.ip


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return an IPv4 address as it is, and the /64 of an IPv6 address; "" for anything else."""
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, _HOME), strict=False))


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


class Hosts:
    """The names of this server."""

    def __init__(self, names: frozenset[str] | None) -> None:
        """`names` are in lower case; None allows all."""
        self._names = names

    @classmethod
    def of(cls, settings: Settings, app: Sanic) -> Hosts:
        """Return those of ALLOWED_HOSTS, or else a default: behind a proxy, which knows them, all."""
        own = {urlsplit(origin).hostname or "" for origin in settings.allowed_origins}
        is_open = not settings.allowed_hosts and (app.config.PROXIES_COUNT or "*" in settings.allowed_origins)
        return cls(None if is_open else settings.allowed_hosts | own | {socket.gethostname().lower()})

    def refuse(self, request: Request) -> HTTPResponse | None:
        """Request middleware: refuse a request for another name."""
        host = request.headers.getone("host", None)
        if host is None or self._names is None or request_path(request).startswith(_ANY_HOST):
            return None
        return None if self.is_own(host) else problem_response("host_not_allowed")

    def is_own(self, host: str) -> bool:
        """Return whether the value of a Host header names this server."""
        found = _HOST.fullmatch(host)
        name = found[1].lower().rstrip(".") if found else ""
        is_local = "." not in name or name.endswith(".localhost") or bool(network_of(name))
        return bool(name) and (is_local or self._names is None or name in self._names)


class RequestLimit:
    """Requests a minute by address, counted in this process: each replica looks after itself."""

    def __init__(self, messages_per_minute: int) -> None:
        """Twenty times as many as a conversation may send messages, and 600 at least."""
        self._window = SlidingWindow(max(_AT_LEAST, _PER_MESSAGE * messages_per_minute))

    def refuse(self, request: Request) -> HTTPResponse | None:
        """Request middleware: refuse what is too fast."""
        if request_path(request).startswith(_UNLIMITED):
            return None
        wait = self._window.hit(address_of(request))
        return problem_response("too_fast", {"Retry-After": str(wait)}) if wait else None


def add_headers(request: Request, response: BaseHTTPResponse) -> None:
    """Response middleware: add those that the response does not set itself."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.scheme == "https":  # trusted from a proxy only if SANIC_PROXIES_COUNT is set
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
