"""What has been handled or is being handled: nothing is done twice, and what failed can be done again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from redis.exceptions import RedisError

from assistant.server.observability.log_redaction import cause
from assistant.server.traffic.redis_connection import redis_of

_log = structlog.get_logger("assistant.server.traffic.deduplication")

REMEMBERED = 3600  # seconds; Slack's last retry of an event comes after about half an hour
HELD = (
    900  # seconds; longer than anything takes, after which work that died with its process may be done again
)


class Deduplicator(Protocol):
    """Claims on keys. Of several claims on one key, only one succeeds."""

    async def claim(self, keys: Sequence[str]) -> bool:
        """All of them, or none and False."""

    async def release(self, keys: Sequence[str]) -> None:
        """The work failed: a retry may do it."""

    async def keep(self, keys: Sequence[str]) -> None:
        """The work is done."""


class InMemoryDeduplicator:
    """In this process's memory, the latest `size` keys."""

    def __init__(self, size: int = 20_000, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is in seconds and only has to move forward."""
        self._size = size
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()

    async def claim(self, keys: Sequence[str]) -> bool:
        """All of them, or none and False."""
        now = self._clock()
        if any(self._until.get(key, 0.0) > now for key in keys):
            return False
        for key in keys:
            self._until[key] = now + REMEMBERED
            self._until.move_to_end(key)
        while len(self._until) > self._size:
            self._until.popitem(last=False)
        return True

    async def release(self, keys: Sequence[str]) -> None:
        """The work failed: a retry may do it."""
        for key in keys:
            self._until.pop(key, None)

    async def keep(self, keys: Sequence[str]) -> None:
        """The work is done: nothing to do, a claim here lasts as long as memory."""

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._until)


class RedisDeduplicator:
    """In Redis, for several processes; in memory while Redis doesn't answer."""

    def __init__(self, redis: Any) -> None:
        """`redis` is connected on first use."""
        self._redis = redis
        self._here = InMemoryDeduplicator()

    async def claim(self, keys: Sequence[str]) -> bool:
        """All of them, or none and False."""
        if not await self._here.claim(keys):
            return False
        claimed: list[str] = []
        try:
            for key in keys:
                if not await self._redis.set(_name(key), "1", nx=True, ex=HELD):
                    await self._here.release(keys)
                    await self._free(claimed)
                    return False
                claimed.append(key)
        except RedisError as error:
            _log.error("redis does not answer, so this process counts alone", cause=cause(error))
        return True

    async def release(self, keys: Sequence[str]) -> None:
        """The work failed: a retry may do it."""
        await self._here.release(keys)
        try:
            await self._free(keys)
        except RedisError as error:
            _log.error("redis does not answer", cause=cause(error))

    async def keep(self, keys: Sequence[str]) -> None:
        """The work is done."""
        try:
            for key in keys:
                await self._redis.set(_name(key), "1", ex=REMEMBERED)
        except RedisError as error:
            _log.error("redis does not answer", cause=cause(error))

    async def _free(self, keys: Sequence[str]) -> None:
        if keys:
            await self._redis.delete(*map(_name, keys))


def deduplicator(redis_url: str) -> Deduplicator:
    """The one that fits the settings."""
    return RedisDeduplicator(redis_of(redis_url)) if redis_url else InMemoryDeduplicator()


def _name(key: str) -> str:
    return f"slack:seen:{key}"
