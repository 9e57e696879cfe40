"""Pauses of the event loop, in which everybody waits for one piece of work."""

from __future__ import annotations

import asyncio
import time

from assistant.server.observability.metrics import LONGEST_WORK, PAUSES

_EVERY = 0.05  # seconds


async def watch_pauses() -> None:
    """Measure pauses until the server stops.

    By the clock, which includes what other programs take from this one, and by the processor time of the event loop
    itself, which does not.
    """
    longest = 0.0
    while True:
        clock, work = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_EVERY)
        PAUSES.observe(max(0.0, time.perf_counter() - clock - _EVERY))
        longest = max(longest, time.thread_time() - work)
        LONGEST_WORK.set(longest)
