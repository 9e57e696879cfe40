"""Health checks for operators and load balancers."""

from __future__ import annotations

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.server.http.route_helpers import RETRY_AFTER, json_response, ready_agent_of
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.readiness import reports
from assistant.server.problems import ProblemError
from assistant.server.storage.tracker_store import store_of

_log = structlog.get_logger("assistant.server.http.health_routes")


def add_health_routes(app: Sanic) -> None:
    """Add `GET /health/live` and `/health/ready`."""
    app.add_route(_live, "/health/live", methods=["GET", "HEAD"], name="live")
    app.add_route(_ready, "/health/ready", methods=["GET", "HEAD"], name="ready")


async def _live(_request: Request) -> HTTPResponse:
    return json_response({"status": "live"})


async def _ready(request: Request) -> HTTPResponse:
    agent = ready_agent_of(request)
    try:
        store_of(agent).check()
        await agent.lock_store.check()
    except Exception as error:  # whatever fails, this process cannot serve requests
        _log.error("storage_unavailable", cause=cause(error))
        raise ProblemError("not_ready", retry_after=RETRY_AFTER) from None
    return json_response({"status": "ready", **await reports(request.app)})
