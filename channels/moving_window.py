"""A limit on how often something may happen, over a window that moves with the clock."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable


class MovingWindow:
    """At most `limit` hits for each key in any `seconds`, counted in this process.

    Written here because the `limits` that goes with Rasa's `packaging` (2.4) never forgets a key, starts a
    thread for each hit, and counts the time to wait from the newest hit instead of the oldest.
    """

    def __init__(self, limit: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is in seconds and only has to move forward."""
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._hits: dict[str, deque[float]] = {}
        self._next_tidying = clock() + seconds

    def hit(self, key: str) -> int:
        """Counts one and returns 0; when it is too early, counts nothing and returns the seconds to wait."""
        now = self._clock()
        self._tidy(now)
        hits = self._hits.setdefault(key, deque())
        while hits and hits[0] <= now - self._seconds:
            hits.popleft()
        if len(hits) >= self._limit:
            return max(1, math.ceil(hits[0] + self._seconds - now))
        hits.append(now)
        return 0

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._hits)

    def _tidy(self, now: float) -> None:
        if now >= self._next_tidying:
            self._next_tidying = now + self._seconds
            since = now - self._seconds
            self._hits = {key: hits for key, hits in self._hits.items() if hits and hits[-1] > since}
