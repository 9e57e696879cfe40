"""What those who run the assistant ask it."""

from __future__ import annotations

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.channels.conversation_service import RETRY_AFTER, ready_agent_of
from assistant.channels.website.context import json_response
from assistant.channels.website.openapi import DESCRIPTION_JSON
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.readiness import reports
from assistant.server.problems import ProblemError
from assistant.server.storage.tracker_store import store_of

_log = structlog.get_logger("assistant.channels.website.health_routes")


def add_health_routes(front: Blueprint) -> None:
    """`GET /health/live` and `/health/ready`, and the channel's OpenAPI description."""
    front.add_route(_live, "/health/live", methods=["GET", "HEAD"], name="live")
    front.add_route(_ready, "/health/ready", methods=["GET", "HEAD"], name="ready")
    front.add_route(_describe, "/webhooks/website/openapi.json", methods=["GET"], name="describe")


async def _live(_request: Request) -> HTTPResponse:
    return json_response({"status": "live"})


async def _ready(request: Request) -> HTTPResponse:
    agent = ready_agent_of(request.app)
    try:
        store_of(agent).check()
        await agent.lock_store.check()
    except Exception as error:  # whatever it is, this process can't serve anybody now
        _log.error("storage does not answer", cause=cause(error))
        raise ProblemError("not_ready", retry_after=RETRY_AFTER) from None
    return json_response({"status": "ready", **await reports(request.app)})


async def _describe(_request: Request) -> HTTPResponse:
    return raw(DESCRIPTION_JSON, content_type="application/json")
