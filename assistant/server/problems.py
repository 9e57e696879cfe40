"""Problem details (RFC 9457): every error response is one of `data/en/texts/problems.yml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sanic.response import HTTPResponse

from assistant.core.content.texts import load_problems
from assistant.core.protocol import LONGEST_TEXT

CONTENT_TYPE = "application/problem+json"


def _load() -> dict[str, dict[str, Any]]:
    return {
        kind: {
            "type": f"urn:problem:{kind}",
            **problem.dict(),
            "detail": problem.detail.replace("{longest}", f"{LONGEST_TEXT:,}"),
        }
        for kind, problem in load_problems().items()
    }


PROBLEMS = _load()
_BODIES = {kind: json.dumps(problem).encode() for kind, problem in PROBLEMS.items()}


class ProblemError(Exception):
    """Ends a request with a problem of `problems.yml`."""

    def __init__(self, kind: str, *, retry_after: int | None = None) -> None:
        """`retry_after` is in whole seconds and becomes the Retry-After header."""
        super().__init__(kind)
        self.kind = kind
        self.headers = {} if retry_after is None else {"Retry-After": str(max(1, retry_after))}


def problem_response(kind: str, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    """Return the HTTP response for a problem."""
    own = {"WWW-Authenticate": "Bearer"} if PROBLEMS[kind]["status"] == 401 else {}
    return HTTPResponse(
        _BODIES[kind],
        status=PROBLEMS[kind]["status"],
        headers={**own, **(headers or {})},
        content_type=CONTENT_TYPE,
    )
