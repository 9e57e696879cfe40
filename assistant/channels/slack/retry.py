"""Repeating calls that Slack refuses for now, without doing anything twice."""

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

ATTEMPTS = 8  # of a call that fails on Slack's side
LIMITED = 60  # of a call that is told to wait
_PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}
)


class NotDeliveredError(Exception):
    """Slack didn't take a call, however often it was tried."""


class _TryAgain(Exception):  # noqa: N818  no error: a step of the loop
    """A call didn't work this time."""

    def __init__(self, seconds: float | None, is_doubtful: bool) -> None:
        super().__init__("try again")
        self.seconds = seconds
        self.is_doubtful = is_doubtful


async def with_retries(call: Call, is_done: Check | None = None) -> Any:
    """Repeats a call for as long as Slack asks to wait or fails.

    `is_done` is asked where a failure leaves open whether the call worked; if it says so, None is returned.
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
    """Raises what `with_retries` understands, unless the status tells of something that does not pass."""
    if status == 429:
        raise _TryAgain(_retry_after(response), False)
    if status >= 500:
        raise _TryAgain(None, True)


def _status(response: Any) -> int:
    """Of slack_sdk's answer, or of aiohttp's where the body was no JSON."""
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


async def _known(is_done: Check) -> bool:
    try:
        return await is_done()
    except (SlackApiError, NotDeliveredError):
        _log.warning("can't see whether a post arrived, so it is posted again")
        return False


def refusal(error: BaseException) -> str | None:
    """Slack's own name for what is wrong, such as `not_in_channel`; none for other errors."""
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
