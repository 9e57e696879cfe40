"""Shared by all routes: the agent, and JSON responses."""

from __future__ import annotations

import json

from rasa.core.agent import Agent
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.server.problems import ProblemError

RETRY_AFTER = 5  # seconds, where no better value is known


def json_response(body: object, status: int = 200) -> HTTPResponse:
    """Serialize as readable JSON; Sanic's own escapes slashes and non-ASCII characters."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return HTTPResponse(content, status=status, content_type="application/json")


def agent_of(request: Request) -> Agent:
    """Return the agent, which may have no model yet."""
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise ProblemError("not_ready", retry_after=RETRY_AFTER)
    return agent


def ready_agent_of(request: Request) -> Agent:
    """Return the agent, or raise `not_ready` if it has no model."""
    agent = agent_of(request)
    if not agent.is_ready():
        raise ProblemError("not_ready", retry_after=RETRY_AFTER)
    return agent
