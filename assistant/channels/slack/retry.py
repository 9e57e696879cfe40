"""Retries calls to Slack without posting twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

_log = structlog.get_logger("assistant.channels.slack.retry")

Call = Callable[[], Awaitable[Any]]
Check = Callable[[], Awaitable[bool]]

ATTEMPTS = 8  # failures on Slack's side per call
LIMITED = 60  # rate limit responses per call
_PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}
)


class NotDeliveredError(Exception):
    """Slack did not accept a call after all retries."""


class _TryAgain(Exception):  # noqa: N818  no error: a step of the loop
    """The call failed and may be retried."""

    def __init__(self, seconds: float | None, is_doubtful: bool) -> None:
        super().__init__("try again")
        self.seconds = seconds
        self.is_doubtful = is_doubtful


async def with_retries(call: Call, is_done: Check | None = None) -> Any:
    """Run a call, retrying while Slack fails or asks to wait.

    After a failure that leaves the outcome unknown, `is_done` is consulted; if it returns True, the result is None.
    """
    failures = waits = 0
    while True:
        try:
            return await _tried(call)
        except _TryAgain as again:
            failures, waits = failures + (again.seconds is None), waits + (again.seconds is not None)
            if failures >= ATTEMPTS or waits >= LIMITED:
                raise NotDeliveredError(f"given up after {failures} failures and {waits} waits") from again
            await asyncio.sleep(_backoff(failures) if again.seconds is None else again.seconds)
            if again.is_doubtful and is_done is not None and await _known(is_done):
                return None


async def _tried(call: Call) -> Any:
    try:
        return await call()
    except SlackApiError as error:
        check_status(_status(error.response), error.response)
        if refusal(error) in _PASSING:
            raise _TryAgain(None, True) from error
        raise
    except (aiohttp.ClientConnectorError, aiohttp.ClientConnectorSSLError) as error:
        raise _TryAgain(None, False) from error  # not even connected
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:  # ValueError: no JSON
        raise _TryAgain(None, True) from error


def check_status(status: int, response: Any) -> None:
    """Raise the exception `with_retries` handles if the status is temporary."""
    if status == 429:
        raise _TryAgain(_retry_after(response), False)
    if status >= 500:
        raise _TryAgain(None, True)


def _status(response: Any) -> int:
    """Return the status of slack_sdk's response, or of aiohttp's if the body was not JSON."""
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


async def _known(is_done: Check) -> bool:
    try:
        return await is_done()
    except (SlackApiError, NotDeliveredError):
        _log.warning("post_unconfirmed_retrying")
        return False


def refusal(error: BaseException) -> str | None:
    """Return Slack's error code, such as `not_in_channel`, or None for other errors."""
    get = getattr(getattr(error, "response", None), "get", None)
    return str(get("error", "")) if get is not None else None


def _retry_after(response: Any) -> float:
    headers = {str(key).lower(): value for key, value in dict(response.headers).items()}
    try:
        return max(0.0, float(headers.get("retry-after", 1)))
    except (TypeError, ValueError):
        return 1.0


def _backoff(failures: int) -> float:
    return min(30.0, 0.25 * float(2**failures)) * random.uniform(0.75, 1.25)
