"""Names under which the server may be called.

A website can point a name of its own at this machine, and its scripts then count as the server's own pages (DNS
rebinding). That takes a name which its owner can register: no address, and no name without a dot.
"""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.server.http.addresses import network_of
from assistant.server.http.origins import request_path
from assistant.server.problems import problem_response
from assistant.server.storage.calendar_links import PATH
from assistant.settings import Settings

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
# Monitoring comes by any name; what Slack sends and a link to a calendar carry a secret instead.
_ANY_HOST = ("/health/", "/webhooks/slack/", PATH)


class Hosts:
    """The names of this server."""

    def __init__(self, names: frozenset[str] | None) -> None:
        """`names` are in lower case; None allows all."""
        self._names = names

    @classmethod
    def of(cls, settings: Settings, app: Sanic) -> Hosts:
        """Return those of ALLOWED_HOSTS, or else what can be told without: behind a proxy, which knows them, all."""
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
