"""Retries of calls to another service, without doing twice what was done once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

Call = Callable[[], Awaitable[Any]]
Check = Callable[[], Awaitable[bool]]

MAX_FAILURES = 8  # failures of the other service per call
MAX_WAITS = 60  # rate limit responses per call


class NotDeliveredError(Exception):
    """The other service did not accept a call after all retries."""


class TryAgainError(Exception):
    """A call failed and may be retried. Raised by calls, handled by `with_retries`."""

    def __init__(self, seconds: float | None = None, is_doubtful: bool = False) -> None:
        """`seconds` is the pause that the service asks for; `is_doubtful` if it may have done its work."""
        super().__init__("try again")
        self.seconds = seconds
        self.is_doubtful = is_doubtful


async def with_retries(call: Call, is_done: Check | None = None, within: float | None = None) -> Any:
    """Run a call, retrying while the service fails or asks to wait, for at most `within` seconds.

    After a failure that leaves the outcome unknown, `is_done` is consulted; if it returns True, the result is None.

    Raises:
        NotDeliveredError: the limits of retries or time are exhausted.
    """
    failures = waits = 0
    until = None if within is None else time.monotonic() + within
    while True:
        try:
            return await call()
        except TryAgainError as again:
            failures, waits = failures + (again.seconds is None), waits + (again.seconds is not None)
            pause = _backoff(failures) if again.seconds is None else again.seconds
            is_late = until is not None and time.monotonic() + pause >= until
            if failures >= MAX_FAILURES or waits >= MAX_WAITS or is_late:
                raise NotDeliveredError(f"given up after {failures} failures and {waits} waits") from again
            await asyncio.sleep(pause)
            if again.is_doubtful and is_done is not None and await is_done():
                return None


def _backoff(failures: int) -> float:
    return min(30.0, 0.25 * float(2**failures)) * random.uniform(0.75, 1.25)
