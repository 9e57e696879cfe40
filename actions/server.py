"""Runs the action server: ``python -m actions.server``.

This is the SDK's server with signed calls, request ids and a log without user text. It listens on ACTION_SOCKET, or
else on ACTION_PORT of SANIC_HOST.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import re
import socket
import sys
import time
import traceback
from datetime import datetime, timezone
from pathlib import Path, PurePath
from typing import Any, Final

from rasa_sdk.endpoint import create_app
from rasa_sdk.endpoint import response as responses
from rasa_sdk.executor import ActionExecutor

from actions.handbook import handbook
from assistant.core.action_signature import HEADER, is_signed_call, sign_answer
from assistant.core.compatibility import Dependency, differences
from assistant.core.content.issues import ContentError
from assistant.core.validation.clinic_files import clinic_folder, refuse_broken
from assistant.settings import Settings, SettingsError

MAX_BODY: Final = 2 * 1024 * 1024
"""Bytes; ten times the size of a conversation as the assistant sends it."""
OPEN: Final = "/health"
"""The only path that needs no signature; it tells nothing."""
WEBHOOK: Final = "/webhook"

Refusal = tuple[int, str]
"""HTTP status, and a sentence without a word of the call."""


class Admission:
    """Checks calls before the SDK sees them, and signs the answers."""

    def __init__(self, key: str) -> None:
        """Without a `key` calls are not signed; then the server may listen on the loopback address only."""
        self._key = key
        executor = ActionExecutor()
        executor.register_package("actions")
        self._actions = frozenset(executor.actions)

    def refuse(self, request: Any) -> Refusal | None:
        """Return why a call is refused, or None."""
        if request.path == OPEN:
            return None
        if self._key and not is_signed_call(self._key, _signature(request), request.body):
            return 401, "the signature is missing or wrong: both servers need the same ACTION_KEY"
        if request.headers.get("Content-Encoding"):
            return 415, "a call is never compressed"  # the SDK would inflate it, without a limit
        if request.path == WEBHOOK and self.action_of(request) is None:
            return 404, "there is no such action"
        return None

    def action_of(self, request: Any) -> str | None:
        """Return the name of the action that is called, if there is one of that name."""
        try:
            name = request.json["next_action"]
        except Exception:  # any malformed body
            return None
        return name if isinstance(name, str) and name in self._actions else None

    def sign(self, request: Any, response: Any) -> None:
        """Add the signature to the answer of a signed call."""
        if self._key and _signature(request):
            response.headers[HEADER] = sign_answer(self._key, _signature(request), response.body or b"")


def _signature(request: Any) -> str:
    return str(request.headers.get(HEADER, ""))


VERSIONS = {"rasa_sdk": "3.6.2"}
DEPENDENCIES = (
    Dependency(
        "rasa_sdk.endpoint:create_app",
        "(action_package_name, cors_origins=..., auto_reload=...)",
        "its application gets other limits, middleware, and an error handler that logs no user text",
        "actions/server.py",
    ),
    Dependency(
        "rasa_sdk.executor:ActionExecutor.register_package",
        "(self, package)",
        "the names of the actions are known before a call is read",
        "actions/admission.py",
    ),
    Dependency(
        "rasa_sdk.endpoint:response.json",
        "(body, status=..., headers=..., content_type=..., dumps=..., **kwargs)",
        "errors are answered with its web framework",
        "actions/server.py",
    ),
)

_REQUEST_ID = "X-Request-ID"
_ID_FORM = re.compile(r"[A-Za-z0-9-]{8,64}")
_BACKLOG = 100


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
    issue = exposure(settings)
    if issue:
        print(issue, file=sys.stderr)
        return 2
    os.umask(0o077)
    _run(application(settings.action_key), settings)
    return 0


def exposure(settings: Settings) -> str | None:
    """Return what is wrong with an address that others reach, or None."""
    if settings.action_key or settings.action_socket or _is_loopback(settings.sanic_host):
        return None
    return (
        f"ACTION_KEY: missing, while SANIC_HOST is {settings.sanic_host}, where others could call the action server "
        f"(expected the same as the assistant's, for example from `openssl rand -hex 32`)"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(app: Any, settings: Settings) -> None:
    if settings.action_socket is None:
        app.run(settings.sanic_host, settings.action_port, access_log=False, motd=False)
        return
    path = settings.action_socket
    path.unlink(missing_ok=True)  # left over by a server that was killed
    with socket.socket(socket.AF_UNIX) as listener:  # Sanic's own opens it to everybody
        listener.bind(str(path))
        listener.listen(_BACKLOG)
        app.run(sock=listener, access_log=False, motd=False)
    path.unlink(missing_ok=True)


def application(key: str = "") -> Any:
    """Return the SDK's application with all actions of this package; with a `key`, calls and answers are signed."""
    app = create_app("actions", cors_origins=[])
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.RESPONSE_TIMEOUT = 30
    app.ctx.admission = Admission(key)
    app.register_listener(_hide_messages, "after_server_start")
    app.register_middleware(_begin, "request")
    app.register_middleware(_end, "response")
    app.exception(Exception)(_fail)
    return app


def _begin(request: Any) -> Any:
    request.ctx.since = time.perf_counter()
    refusal = request.app.ctx.admission.refuse(request)
    return refusal and responses.json({"error": refusal[1]}, status=refusal[0])


def _end(request: Any, response: Any) -> None:
    request.app.ctx.admission.sign(request, response)
    if request.path == WEBHOOK:
        since = getattr(request.ctx, "since", time.perf_counter())
        milliseconds = round((time.perf_counter() - since) * 1000, 1)
        _log("action", request, status=response.status, milliseconds=milliseconds)


def _log(event: str, request: Any, **more: Any) -> None:
    given = request.headers.get(_REQUEST_ID, "")
    _print(
        event,
        request=given if _ID_FORM.fullmatch(given) else "-",
        action=request.app.ctx.admission.action_of(request) or "-",
        **more,
    )


def _print(event: str, **more: Any) -> None:
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    print(json.dumps({"event": event, "at": at, **more}), flush=True)


class _PlaceOnly(logging.Handler):
    """Prints where a library logged something instead of its message, which may quote a call."""

    def emit(self, record: logging.LogRecord) -> None:
        place = f"{record.module}:{record.lineno}"
        _print("library", logger=record.name, level=record.levelname, place=place)


def _hide_messages(_app: Any, _loop: object) -> None:
    """Replace the libraries' log output; not earlier, so that a failed start is logged in full."""
    logging.captureWarnings(True)
    logging.basicConfig(handlers=[_PlaceOnly()], level=logging.WARNING, force=True)


def _fail(request: Any, error: Exception) -> Any:
    """Respond to an error instead of the SDK's handler, which logs and returns user text."""
    _log("action failed", request, cause=_where(error))
    status = getattr(error, "status_code", None) or 500
    return responses.json({"error": "the action failed"}, status=status)


def _where(error: BaseException) -> str:
    """Return an error's type and location, without its message, which may quote the user."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " > ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    return f"{type(error).__name__} ({places})"


if __name__ == "__main__":
    sys.exit(main())
