"""One thing at a time in each conversation: in this process, or with Redis over all replicas.

endpoints.yml names `ConversationLocks`. Rasa's own locks in Redis read, change and write in three steps, so two
replicas can hold the same one; and those in memory go by the wall clock, which may jump.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

import structlog
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from assistant.server.observability.log_redaction import cause
from assistant.server.settings import read
from assistant.server.traffic.redis_connection import redis_of
from assistant.settings import Settings

_log = structlog.get_logger("assistant.server.traffic.locks")

LEASE = 6.0  # seconds; a replica that dies keeps its locks in Redis so long, and a pause must be shorter
WAIT_AT_MOST = 25.0  # seconds
WAITING_AT_MOST = 20  # for one conversation in this process
_LOOK_AGAIN = 0.02  # seconds


class ConversationLocks(LockStore):
    """Implements `lock`, the only method Rasa calls."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Use the Redis at REDIS_URL, or at `url` in endpoints.yml; without one, locks are local to this process."""
        url = (endpoint_config.url if endpoint_config else None) or read(Settings).redis_url
        self._redis = redis_of(url) if url else None
        self._held = _Held()

    def lock(self, conversation_id: str, *_given: Any, **_named: Any) -> AbstractAsyncContextManager[None]:
        """Return the lock as a context manager; raises `LockError` if the wait is too long.

        Rasa's arguments for lifetime and polling are ignored.
        """
        return self._locked(conversation_id)

    async def check(self) -> None:
        """Raise if Redis is configured but does not answer."""
        if self._redis is not None:
            await self._redis.ping()

    @asynccontextmanager
    async def _locked(self, conversation: str) -> AsyncIterator[None]:
        async with self._held.by_one(conversation):
            if self._redis is None:
                yield
            else:
                async with _locked_in_redis(self._redis, conversation):
                    yield


class _Held:
    """Locks of this process. Also before Redis's, so that only one message of a replica waits there."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._users: dict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def by_one(self, conversation: str) -> AsyncIterator[None]:
        if self._users[conversation] > WAITING_AT_MOST:
            raise LockError("too many messages wait for this conversation")
        self._users[conversation] += 1
        try:
            await self._acquire(self._locks[conversation])
            try:
                yield
            finally:
                self._locks[conversation].release()
        finally:
            self._users[conversation] -= 1
            if not self._users[conversation]:
                del self._users[conversation], self._locks[conversation]

    @staticmethod
    async def _acquire(lock: asyncio.Lock) -> None:
        try:
            await asyncio.wait_for(lock.acquire(), WAIT_AT_MOST)
        except asyncio.TimeoutError:
            raise LockError("the conversation is busy") from None


@asynccontextmanager
async def _locked_in_redis(redis: Redis, conversation: str) -> AsyncIterator[None]:
    lock = redis.lock(f"lock:{conversation}", timeout=LEASE, sleep=_LOOK_AGAIN, blocking_timeout=WAIT_AT_MOST)
    await _acquire(lock)
    renewal = asyncio.create_task(_renew(lock))
    try:
        yield
    finally:
        renewal.cancel()
        with suppress(RedisError):  # it ends by itself; the turn is stored by now
            await lock.release()


async def _acquire(lock: Lock) -> None:
    try:
        held = await lock.acquire()
    except RedisError as error:
        _log.error("Redis unavailable; check that it runs and that REDIS_URL is correct", cause=cause(error))
        raise LockError("Redis does not answer") from None
    if not held:
        raise LockError("the conversation is busy")


async def _renew(lock: Lock) -> None:
    """Extend the lease until cancelled, so that a lock outlives long turns but not its replica."""
    while True:
        await asyncio.sleep(LEASE / 3)
        with suppress(RedisError):  # a lock that Redis lost doesn't lose the turn
            await lock.reacquire()
