"""Which ids were seen before, for a while: in this process, or with Redis over all replicas."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from channels.redis_connection import redis_of

_AT_MOST = 10_000  # ids in this process


class SeenIds:
    """Tells if an id comes for the first time within some seconds."""

    def __init__(
        self, name: str, redis_url: str = "", seconds: int = 3600, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`name` keeps kinds of ids apart; with an address of Redis they are shared by all replicas."""
        self._name = name
        self._seconds = seconds
        self._clock = clock
        self._redis: Any = redis_of(redis_url) if redis_url else None
        self._seen: OrderedDict[str, float] = OrderedDict()

    async def is_new(self, given: str) -> bool:
        """Whether it was not seen before; from now on it was. Raises `RedisError` when Redis doesn't answer."""
        if self._redis is not None:
            key = f"seen:{self._name}:{given}"
            return bool(await self._redis.set(key, "", nx=True, ex=self._seconds))
        self._tidy()
        if given in self._seen:
            return False
        self._seen[given] = self._clock() + self._seconds
        return True

    def _tidy(self) -> None:
        now = self._clock()
        while self._seen and (len(self._seen) >= _AT_MOST or next(iter(self._seen.values())) <= now):
            self._seen.popitem(last=False)
