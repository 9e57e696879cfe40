"""Limit on all requests of an address, whatever they ask for."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.server.http.addresses import address_of
from assistant.server.http.origins import request_path
from assistant.server.problems import problem_response
from assistant.server.traffic.rate_limits import SlidingWindow

_PER_MESSAGE = 20  # requests for each message that a conversation may send
_AT_LEAST = 600  # a minute
_UNLIMITED = ("/health/", "/webhooks/slack/")  # monitoring, and Slack, whose servers share addresses


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
