"""Deduplication: work is done once per key, and failed work may be retried."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from cachetools import TTLCache
from redis.exceptions import RedisError

from assistant.server.observability.log_redaction import cause
from assistant.server.traffic.redis_connection import redis_of

_log = structlog.get_logger("assistant.server.traffic.deduplication")

REMEMBERED = 3600  # seconds; Slack's last retry of an event comes after about half an hour
HELD = 900  # seconds; longer than any work takes; afterwards another process may redo it


class Deduplicator(Protocol):
    """Claims on keys; of several claims on a key, one succeeds."""

    async def claim(self, keys: Sequence[str]) -> bool:
        """Claim all keys, or none and return False."""

    async def release(self, keys: Sequence[str]) -> None:
        """Give up the claims after a failure, so that a retry can claim them."""

    async def keep(self, keys: Sequence[str]) -> None:
        """Keep the claims after the work is done."""


class InMemoryDeduplicator:
    """Remembers the latest `size` keys in this process."""

    def __init__(self, size: int = 20_000, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        self._claimed: TTLCache[str, bool] = TTLCache(size, REMEMBERED, timer=clock)

    async def claim(self, keys: Sequence[str]) -> bool:
        """Claim all keys, or none and return False."""
        if any(key in self._claimed for key in keys):
            return False
        self._claimed.update(dict.fromkeys(keys, True))
        return True

    async def release(self, keys: Sequence[str]) -> None:
        """Give up the claims after a failure, so that a retry can claim them."""
        for key in keys:
            self._claimed.pop(key, None)

    async def keep(self, keys: Sequence[str]) -> None:
        """Do nothing; claims in memory last for the full time already."""

    def __len__(self) -> int:
        """Return the number of remembered keys."""
        return len(self._claimed)


class RedisDeduplicator:
    """Shares claims between processes through Redis; falls back to memory while Redis is down."""

    def __init__(self, redis: Any) -> None:
        """`redis` connects on first use."""
        self._redis = redis
        self._here = InMemoryDeduplicator()

    async def claim(self, keys: Sequence[str]) -> bool:
        """Claim all keys, or none and return False."""
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
            _log.error("redis_unavailable_deduplicating_in_memory", cause=cause(error))
        return True

    async def release(self, keys: Sequence[str]) -> None:
        """Give up the claims after a failure, so that a retry can claim them."""
        await self._here.release(keys)
        try:
            await self._free(keys)
        except RedisError as error:
            _log.error("redis_unavailable", cause=cause(error))

    async def keep(self, keys: Sequence[str]) -> None:
        """Keep the claims after the work is done."""
        try:
            for key in keys:
                await self._redis.set(_name(key), "1", ex=REMEMBERED)
        except RedisError as error:
            _log.error("redis_unavailable", cause=cause(error))

    async def _free(self, keys: Sequence[str]) -> None:
        if keys:
            await self._redis.delete(*map(_name, keys))


def deduplicator(redis_url: str) -> Deduplicator:
    """Return the Redis deduplicator if a URL is set, else the one in memory."""
    return RedisDeduplicator(redis_of(redis_url)) if redis_url else InMemoryDeduplicator()


def _name(key: str) -> str:
    return f"slack:seen:{key}"
