"""Configures Rasa's Sanic application for all channels: problem responses, security headers, CORS and request limits.

assistant/server/rasa/compatibility.py lists the parts of Sanic that this relies on.
"""

from __future__ import annotations

import structlog
from rasa.shared.exceptions import InvalidConfigException
from redis import RedisError
from sanic import Blueprint, Sanic
from sanic.exceptions import MethodNotSupported, SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from assistant.server.http.connections import StrictRequest, install
from assistant.server.http.middleware import Hosts, Origins, RequestLimit, add_headers
from assistant.server.http.routes import add_health_routes
from assistant.server.observability import log_redaction
from assistant.server.observability.metrics import FAILURES, serve_metrics, watch_pauses
from assistant.server.observability.metrics import PROBLEMS as PROBLEMS_COUNTED
from assistant.server.observability.turn_log import give_request_id, present_request_id, take_request_id
from assistant.server.problems import PROBLEMS, ProblemError, problem_response
from assistant.server.rasa.compatibility import check
from assistant.server.rasa.hot_swap import watch_for_models
from assistant.server.rasa.patches import apply
from assistant.server.storage.database import clean_periodically
from assistant.server.storage.erasure import NotKeptError
from assistant.server.storage.retention import delete_periodically
from assistant.server.storage.tracker_store import store_of
from assistant.settings import Settings

_log = structlog.get_logger("assistant.server.http.app")

MAX_BODY = 16 * 1024  # bytes
_STORAGE_FAILED = (NotKeptError, SQLAlchemyError, RedisError)
_KINDS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "too_long",
    417: "bad_request",
    503: "busy",
}


class ServerBlueprint(Blueprint):
    """Blueprint of a channel that also configures the application it is registered with."""

    def __init__(self, name: str, settings: Settings, origins: Origins | None = None) -> None:
        """Create it for conversations whose ids begin with `name`; `origins` is for channels used by other websites."""
        super().__init__(name)
        self.ctx.settings = settings
        self.ctx.origins = origins

    def register(self, app: Sanic, options: dict[str, object]) -> None:
        """Configure the application. Sanic calls this once, before the server starts."""
        prepare(app, self.ctx.settings)
        log_redaction.redact_ids_of(self.name)
        if self.ctx.origins is not None:
            app.register_middleware(self.ctx.origins.refuse, "request")
            app.register_middleware(self.ctx.origins.mark, "response")
        super().register(app, options)  # type: ignore[no-untyped-call]


def prepare(app: Sanic, settings: Settings) -> None:
    """Configure the application at the first call; `settings` are the same for every channel."""
    if hasattr(app.ctx, "server_settings"):
        return
    check()
    app.ctx.server_settings = settings
    settings.make_state_dir()
    _remove_rasas_own(app)
    _replace_sanics_own(app)
    app.register_middleware(take_request_id, "request")
    app.register_middleware(Hosts.of(settings, app).refuse, "request")
    app.register_middleware(RequestLimit(settings.messages_per_minute).refuse, "request")
    app.register_middleware(add_headers, "response")
    app.register_middleware(give_request_id, "response")
    app.register_listener(_after_start, "after_server_start")
    add_health_routes(app)


def _replace_sanics_own(app: Sanic) -> None:
    app.config.REQUEST_MAX_SIZE = MAX_BODY  # routes that accept more stream the body
    app.config.ACCESS_LOG = False  # visitors' addresses and URLs must not be stored
    app.request_class = StrictRequest  # Sanic's own has no answer for some addresses
    install(app)
    app.error_handler = ProblemHandler()  # Sanic's own quotes exceptions, which may contain user text


async def _after_start(app: Sanic, _loop: object) -> None:
    log_redaction.install()  # not earlier: errors while loading the model must be logged in full
    try:
        apply(app.ctx.agent)
    except InvalidConfigException as error:
        _log.critical("startup_failed", cause=str(error))
        app.stop()  # type: ignore[no-untyped-call]
        return
    settings: Settings = app.ctx.server_settings
    if settings.metrics_port:
        serve_metrics(settings.metrics_port, settings.metrics_interface)
    store = store_of(app.ctx.agent)
    app.add_task(watch_for_models(app.ctx.agent))
    app.add_task(delete_periodically(store, settings.retention_days))
    app.add_task(clean_periodically(store.cleaner))
    app.add_task(watch_pauses())


def _remove_rasas_own(app: Sanic) -> None:
    """Remove Rasa's greeting at `/` and its CORS extension, which answers every OPTIONS with an empty 200."""
    hello = app.router.find_route_by_view_name("hello")
    if hello is not None:
        del app.router.static_routes[hello.segments]
        del app.router.name_index[hello.name]
    if hasattr(app.ctx, "sanic_cors"):
        app.ctx.sanic_cors.resources = []  # cannot be unregistered, so it matches no path


class ProblemHandler(ErrorHandler):
    """Turns every exception into a problem of `problems.yml`; unexpected ones are logged and become a 500."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Return the problem response. Sanic calls this for every exception without a handler of its own."""
        kind = _kind_of(exception)
        PROBLEMS_COUNTED.labels(kind).inc()
        if isinstance(exception, ProblemError):
            return problem_response(kind, exception.headers)
        if isinstance(exception, MethodNotSupported):
            return problem_response(kind, exception.headers)
        if not isinstance(exception, SanicException):
            FAILURES.labels("request_failed").inc()
            _log.error(
                "request_failed",
                request=present_request_id(),
                method=request.method,
                cause=log_redaction.cause(exception),
            )
        return problem_response(kind, {"Retry-After": "5"} if PROBLEMS[kind]["status"] == 503 else None)


def _kind_of(exception: Exception) -> str:
    if isinstance(exception, ProblemError):
        return exception.kind
    if isinstance(exception, MethodNotSupported):
        return "method_not_allowed"
    if isinstance(exception, SanicException):
        return _KINDS.get(getattr(exception, "status_code", 500), "internal")
    if isinstance(exception, UnicodeDecodeError):  # raised only when Sanic decodes the path
        return "bad_request"
    return "not_ready" if isinstance(exception, _STORAGE_FAILED) else "internal"
