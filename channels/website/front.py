"""Makes Rasa's web server this project's: its errors, headers and limits instead of Rasa's and Sanic's."""

from __future__ import annotations

import structlog
from rasa.shared.exceptions import InvalidConfigException
from sanic import Blueprint, Sanic
from sanic.exceptions import MethodNotSupported, SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from channels import log_guard
from channels.action_endpoint import use_action_endpoint
from channels.conversation_store import store_of
from channels.problems import PROBLEMS, ProblemError, problem_response
from channels.website.origins import Origins
from channels.website.strict_request import StrictRequest

_log = structlog.get_logger("channels.website.front")

MAX_BODY = 16 * 1024  # bytes
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_KINDS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "too_long",
    417: "bad_request",
    503: "busy",
}


class FrontBlueprint(Blueprint):
    """A blueprint that also sets up the application that it is registered with."""

    def __init__(self, name: str, origins: Origins) -> None:
        """`origins` decides for every request of the website channel."""
        super().__init__(name)
        self.ctx.origins = origins

    def register(self, app: Sanic, options: dict[str, object]) -> None:
        """Sanic calls this once, before the server starts."""
        _remove_rasas_own(app)
        app.config.REQUEST_MAX_SIZE = MAX_BODY
        app.config.ACCESS_LOG = False  # addresses and URLs of visitors are not ours to keep
        app.request_class = StrictRequest
        app.error_handler = ProblemHandler()
        app.register_middleware(self.ctx.origins.refuse, "request")
        app.register_middleware(self.ctx.origins.mark, "response")
        app.register_middleware(_add_headers, "response")
        app.register_listener(_after_start, "after_server_start")
        super().register(app, options)  # type: ignore[no-untyped-call]


def _remove_rasas_own(app: Sanic) -> None:
    """The greeting at `/`, and CORS that answers every OPTIONS with an empty 200."""
    hello = app.router.find_route_by_view_name("hello")
    if hello is not None:
        del app.router.static_routes[hello.segments]
        del app.router.name_index[hello.name]
    if hasattr(app.ctx, "sanic_cors"):
        app.ctx.sanic_cors.resources = []  # the extension is there, and matches no path any more


async def _after_start(app: Sanic, _loop: object) -> None:
    use_action_endpoint(app.ctx.agent)
    log_guard.install()  # not sooner: what goes wrong while the model loads should be told in full
    try:
        store_of(app.ctx.agent)
    except InvalidConfigException as error:
        _log.critical("can't start", cause=str(error))
        app.stop()  # type: ignore[no-untyped-call]


def _add_headers(_request: Request, response: BaseHTTPResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


class ProblemHandler(ErrorHandler):
    """Every error becomes a problem of `problems.yml`; what nobody foresaw is logged and becomes a 500."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Called by Sanic for every exception that has no handler of its own."""
        if isinstance(exception, ProblemError):
            return problem_response(exception.kind, exception.headers)
        if isinstance(exception, MethodNotSupported):
            return problem_response("method_not_allowed", exception.headers)
        kind = _kind_of(exception)
        if not isinstance(exception, SanicException):
            _log.error("request failed", method=request.method, cause=log_guard.cause(exception))
        return problem_response(kind, {"Retry-After": "5"} if PROBLEMS[kind]["status"] == 503 else None)


def _kind_of(exception: Exception) -> str:
    if isinstance(exception, SanicException):
        return _KINDS.get(getattr(exception, "status_code", 500), "internal")
    if isinstance(exception, UnicodeDecodeError):  # only Sanic's own reading of the path raises it
        return "bad_request"
    return "not_ready" if isinstance(exception, SQLAlchemyError) else "internal"
