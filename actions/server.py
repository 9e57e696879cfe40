"""Runs the action server: ``python -m actions.server``. The SDK's own, with request ids and a log without words.

PORT and interface come from ACTION_PORT and SANIC_HOST.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from datetime import datetime, timezone
from pathlib import Path, PurePath
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.endpoint import response as responses

from actions.handbook import handbook
from assistant.core.compatibility import Dependency, differences
from assistant.core.content.issues import ContentError
from assistant.core.validation.clinic_files import clinic_folder, refuse_broken

VERSIONS = {"rasa_sdk": "3.6.2"}
DEPENDENCIES = (
    Dependency(
        "rasa_sdk.endpoint:create_app",
        "(action_package_name, cors_origins=..., auto_reload=...)",
        "its application gets other limits, middleware, and an error handler that logs no user text",
        "actions/server.py",
    ),
    Dependency(
        "rasa_sdk.endpoint:response.json",
        "(body, status=..., headers=..., content_type=..., dumps=..., **kwargs)",
        "errors are answered with its web framework",
        "actions/server.py",
    ),
)

_HEADER = "X-Request-ID"
_MAX_BODY = 2 * 1024 * 1024  # bytes: a conversation as the assistant sends it has a tenth of that


def main() -> int:
    """Until it is stopped; 2 where content or the SDK is not as expected, which is said now, not at every question."""
    found = differences(VERSIONS, DEPENDENCIES)
    if found:
        print(*found, "`make setup` installs the locked version of the SDK.", sep="\n", file=sys.stderr)
        return 2
    try:
        refuse_broken(clinic_folder(), Path("data"))
        handbook()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 2
    app = application()
    port = int(os.environ.get("ACTION_PORT") or "5055")
    app.run(os.environ.get("SANIC_HOST") or "127.0.0.1", port, access_log=False, motd=False)
    return 0


def application() -> Any:
    """The SDK's application with all actions of this package."""
    app = create_app("actions", cors_origins=[])
    app.config.REQUEST_MAX_SIZE = _MAX_BODY
    app.config.RESPONSE_TIMEOUT = 30
    app.register_middleware(_begin, "request")
    app.register_middleware(_end, "response")
    app.exception(Exception)(_fail)
    return app


def _begin(request: Any) -> None:
    request.ctx.since = time.perf_counter()


def _end(request: Any, response: Any) -> None:
    if request.path != "/webhook":
        return
    _log(
        "action",
        request,
        status=response.status,
        milliseconds=round((time.perf_counter() - request.ctx.since) * 1000, 1),
    )


def _log(event: str, request: Any, **more: Any) -> None:
    line = {
        "event": event,
        "at": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        "request": request.headers.get(_HEADER, "-"),
        "action": _action_of(request),
        **more,
    }
    print(json.dumps(line), flush=True)


def _action_of(request: Any) -> str:
    try:
        return str(request.json["next_action"])
    except Exception:  # whatever came in instead of a call
        return "-"


def _fail(request: Any, error: Exception) -> Any:
    """The SDK's own handler logs and returns what a person wrote."""
    _log("action failed", request, cause=_where(error))
    return responses.json({"error": "the action failed"}, status=500)


def _where(error: BaseException) -> str:
    """What went wrong and where, without the exception's own message: it may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " > ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    return f"{type(error).__name__} ({places})"


if __name__ == "__main__":
    sys.exit(main())
