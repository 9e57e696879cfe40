"""Runs the action server: ``python -m actions.server``.

This is the SDK's server with request ids and a log without user text. It listens on ACTION_PORT of SANIC_HOST.
"""

from __future__ import annotations

import json
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
from assistant.settings import Settings, SettingsError

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
_MAX_BODY = 2 * 1024 * 1024  # bytes; ten times the size of a conversation as the assistant sends it


def main() -> int:
    """Until it is stopped; 2 where content or the SDK is not as expected, which is said now, not at every question."""
    found = differences(VERSIONS, DEPENDENCIES)
    if found:
        print(*found, "`make setup` installs the locked version of the SDK.", sep="\n", file=sys.stderr)
        return 2
    try:
        settings = Settings.read()
        refuse_broken(clinic_folder(), Path("data"))
        handbook()
    except (ContentError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    app = application()
    app.run(settings.sanic_host, settings.action_port, access_log=False, motd=False)
    return 0


def application() -> Any:
    """Return the SDK's application with all actions of this package."""
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
    except Exception:  # any malformed request
        return "-"


def _fail(request: Any, error: Exception) -> Any:
    """Respond to an error instead of the SDK's handler, which logs and returns user text."""
    _log("action failed", request, cause=_where(error))
    return responses.json({"error": "the action failed"}, status=500)


def _where(error: BaseException) -> str:
    """Return an error's type and location, without its message, which may quote the user."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " > ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    return f"{type(error).__name__} ({places})"


if __name__ == "__main__":
    sys.exit(main())
