"""Shared parts of all routes, and health checks for operators and load balancers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.server.observability.log_redaction import cause
from assistant.server.problems import ProblemError
from assistant.server.storage.tracker_store import store_of

RETRY_AFTER = 5  # seconds, where no better value is known
Pages = Iterable[list[Any]]
"""The items of a list, some at a time."""
Report = Callable[[], Awaitable[str]]
_log = structlog.get_logger("assistant.server.http.routes")


def json_response(body: object, status: int = 200) -> HTTPResponse:
    """Serialize as readable JSON; Sanic's own escapes slashes and non-ASCII characters."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return HTTPResponse(content, status=status, content_type="application/json")


async def stream_json(
    request: Request, body: Mapping[str, str | Pages], headers: Mapping[str, str] | None = None
) -> None:
    """Respond with an object whose values are texts or lists.

    An error before the first part becomes a problem response; after it, the connection is cut.
    """
    parts = _parts(body)
    part = await asyncio.to_thread(next, parts, None)
    response = await request.respond(content_type="application/json", headers=dict(headers or {}))
    while part is not None:
        await response.send(part)
        part = await asyncio.to_thread(next, parts, None)
    await response.eof()


def _parts(body: Mapping[str, str | Pages]) -> Iterator[str]:
    """Yield the text with the first page that is read, and not before: until then an error can still be reported."""
    text, separator = "", "{"
    for name, value in body.items():
        text, separator = f"{text}{separator}{_json(name)}:", ","
        if isinstance(value, str):
            text += _json(value)
            continue
        text += "["
        between = ""
        for page in filter(None, value):
            yield text + between + _json(page)[1:-1]
            text, between = "", ","
        text += "]"
    yield text + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def add_report(app: Sanic, name: str, report: Report) -> None:
    """Register a component: /health/ready includes `name` with the result of `report`, which must be fast."""
    _reports_of(app)[name] = report


async def reports(app: Sanic) -> dict[str, str]:
    """Collect the current state of every registered component."""
    return {name: await report() for name, report in _reports_of(app).items()}


def _reports_of(app: Sanic) -> dict[str, Report]:
    if not hasattr(app.ctx, "readiness_reports"):
        app.ctx.readiness_reports = {}
    found: dict[str, Report] = app.ctx.readiness_reports
    return found


def add_health_routes(app: Sanic) -> None:
    """Add `GET /health/live` and `/health/ready`."""
    app.add_route(_live, "/health/live", methods=["GET", "HEAD"], name="live")
    app.add_route(_ready, "/health/ready", methods=["GET", "HEAD"], name="ready")


async def _live(_request: Request) -> HTTPResponse:
    return json_response({"status": "live"})


async def _ready(request: Request) -> HTTPResponse:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise ProblemError("not_ready", retry_after=RETRY_AFTER)
    try:
        store_of(agent).check()
        await agent.lock_store.check()
    except Exception as error:  # whatever fails, this process cannot serve requests
        _log.error("storage_unavailable", cause=cause(error))
        raise ProblemError("not_ready", retry_after=RETRY_AFTER) from None
    return json_response({"status": "ready", **await reports(request.app)})
