"""Redacts user text and conversation ids from all logs, including Rasa's.

Rasa quotes user text in many places: warnings about slots, failed parses, stack traces with local variables, SQL with
its parameters. During a turn, records of third-party loggers keep their location, level and exception type, and lose
their text unless it matches a list of harmless messages. Exception messages are removed from stack traces at all
times.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath
from typing import Any

import sentry_sdk
import structlog

_in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)

_OURS = ("assistant.",)
_channels: set[str] = set()
# Parts of Rasa's messages that are useful and cannot contain user text.
_HARMLESS = re.compile(
    r"Encountered an exception while running action '\w+'"
    r"|Failed to run custom action '\w+'\. Couldn't connect to the server at '[^']*'"
    r"|Failed to execute custom action '\w+'"
    r"|Error running graph component for node \w+"
    r"|Couldn't create message for response( action)? '\w+'"
    r"|Circuit breaker tripped"
    r"|Tried to (access|set) non existent slot '\w+'"
    r"|Error happened when trying to (save|retrieve) conversation tracker"
    r"|(?<![^\s:])[^\s:]+\.py:\d+: \w*Warning"
)


@contextmanager
def redact_user_text() -> Iterator[None]:
    """Redact third-party log records emitted inside this context, which spans one turn."""
    token = _in_turn.set(True)
    try:
        yield
    finally:
        _in_turn.reset(token)


def cause(error: BaseException) -> str:
    """Describe an exception chain by type and location, without messages, which may quote a user."""
    chain: list[str] = []
    link: BaseException | None = error
    while link is not None and len(chain) < 5:
        frames = traceback.extract_tb(link.__traceback__)[-3:]
        places = " > ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames)
        chain.append(f"{type(link).__name__} ({places})")
        link = link.__cause__ or link.__context__
    return " caused by ".join(chain)


class _GuardedText(str):
    """A structlog event that has already been redacted."""


class _Guard(logging.Filter):
    """Redacts log records in place; never drops one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record once. Runs in every handler, so it must be fast and must not raise."""
        if not getattr(record, "guarded", False):
            record.guarded = True
            self._rewrite(record)
        return True

    @staticmethod
    def _rewrite(record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        record.exc_info = record.exc_text = record.stack_info = None
        safe = _may_be_shown(record.name) or isinstance(record.msg, _GuardedText)
        text = _text_of(record) if safe else _shortened(record)
        record.msg = _without_ids(text) + (f" [{cause(error)}]" if error else "")
        record.args = None


def _without_ids(text: str) -> str:
    if not _channels:
        return text
    return re.sub(rf"\b({'|'.join(sorted(_channels))})-[\w-]{{16,}}", r"\1-…", text)


def _may_be_shown(logger_name: str) -> bool:
    return not _in_turn.get() or logger_name.startswith(_OURS)


def _text_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return "message with unformattable arguments"


def _shortened(record: logging.LogRecord) -> str:
    harmless = _HARMLESS.search(_text_of(record))
    return f"{harmless.group() if harmless else 'message redacted'} ({record.module}:{record.lineno})"


def _guard_structlog(logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: redact the event; structlog's tracebacks contain every local variable."""
    error = _error_in(event.pop("exc_info", None))
    if error is not None:
        event["cause"] = cause(error)
    if _may_be_shown(str(getattr(logger, "name", ""))):
        return event
    return {key: value for key, value in event.items() if key in ("event", "cause")}


def _mark_guarded(_logger: Any, _method: str, rendered: Any) -> Any:
    return _GuardedText(rendered) if isinstance(rendered, str) else rendered


def _error_in(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    if isinstance(exc_info, BaseException):
        return exc_info
    return sys.exc_info()[1] if exc_info else None


def redact_ids_of(channel: str) -> None:
    """Redact the ids of a channel's conversations, which begin with its name, in all logs."""
    _channels.add(channel)


def install() -> None:
    """Install redaction on the current handlers, Python's warnings and structlog. Idempotent."""
    logging.captureWarnings(True)
    # Rasa's telemetry sends exceptions with their messages unless it is disabled.
    sentry_sdk.init(dsn="", default_integrations=False)
    direct = [logging.getLogger(name) for name in ("sanic.error", "sanic.root", "py.warnings")]
    for target in [*logging.getLogger().handlers, *direct]:
        if not any(isinstance(f, _Guard) for f in target.filters):
            target.addFilter(_Guard())
    processors = structlog.get_config()["processors"]
    if _guard_structlog not in processors:
        processors.insert(0, _guard_structlog)
        processors.append(_mark_guarded)
