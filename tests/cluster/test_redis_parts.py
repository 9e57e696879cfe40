"""Locks and limits shared through Redis. Each test has two replicas in one process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from assistant.server.traffic import locks
from assistant.server.traffic.locks import ConversationLocks
from assistant.server.traffic.rate_limits import limit_of
from assistant.server.traffic.redis_connection import redis_of
from testbed.cluster.services import Redis
from testbed.environment import ROOT


@pytest.fixture(autouse=True)
def own_connections() -> Iterator[None]:
    """Each test has an event loop of its own, and a connection belongs to one."""
    redis_of.cache_clear()
    yield
    redis_of.cache_clear()


HOLD = """
import asyncio, sys
from rasa.utils.endpoints import EndpointConfig
from assistant.server.traffic import locks

async def hold():
    locks.LEASE = 1.0
    async with locks.ConversationLocks(EndpointConfig(url=sys.argv[1])).lock("kept"):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


def locks_at(url: str) -> ConversationLocks:
    return ConversationLocks(EndpointConfig(url=url))


async def take_and_give_back(held: ConversationLocks, conversation: str) -> None:
    async with held.lock(conversation):
        pass


async def test_a_conversation_is_with_one_replica_at_a_time(redis: Redis) -> None:
    replicas = [locks_at(redis.url) for _ in range(4)]
    inside = 0
    most = 0

    async def take_turn(number: int) -> None:
        nonlocal inside, most
        async with replicas[number % 4].lock("one"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1

    await asyncio.gather(*(take_turn(number) for number in range(16)))
    assert most == 1


async def test_other_conversations_do_not_wait(redis: Redis) -> None:
    one, two = locks_at(redis.url), locks_at(redis.url)
    async with one.lock("here"), two.lock("there"):
        pass


async def test_who_waits_too_long_is_told(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "WAIT_AT_MOST", 0.1)
    one, two = locks_at(redis.url), locks_at(redis.url)
    async with one.lock("slow"):
        for other in (one, two):
            with pytest.raises(LockError):
                await other.lock("slow").__aenter__()
    async with two.lock("slow"):
        pass


async def test_a_lock_outlives_a_long_turn(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LEASE", 0.6)
    monkeypatch.setattr(locks, "WAIT_AT_MOST", 0.1)
    one, two = locks_at(redis.url), locks_at(redis.url)
    async with one.lock("slow"):
        await asyncio.sleep(1.8)
        with pytest.raises(LockError):
            await two.lock("slow").__aenter__()


def test_a_replica_that_is_killed_does_not_keep_its_lock_from_others(redis: Redis) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, redis.url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holding.stdout is not None
    assert holding.stdout.readline() == "held\n"
    holding.kill()
    holding.wait()
    asyncio.run(take_and_give_back(locks_at(redis.url), "kept"))


def test_others_get_a_dead_replicas_lock_before_they_give_up() -> None:
    assert locks.LEASE < locks.WAIT_AT_MOST / 2


async def test_a_lock_that_redis_lost_does_not_lose_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LEASE", 0.3)
    service = Redis()
    replica = locks_at(service.url)
    try:
        async with replica.lock("one"):
            service.kill()
            await asyncio.sleep(0.5)
        with pytest.raises(LockError):
            await replica.lock("one").__aenter__()
        with pytest.raises(RedisError):
            await replica.check()
        service.start()
        async with replica.lock("one"):
            pass
    finally:
        service.stop()


async def test_a_limit_holds_over_replicas(redis: Redis) -> None:
    one, two = (limit_of("test", 3, redis.url) for _ in range(2))
    assert [await limit.hit("a") for limit in (one, two, one)] == [0, 0, 0]
    assert 1 <= await two.hit("a") <= 60
    assert await two.hit("b") == 0
    assert await limit_of("other", 3, redis.url).hit("a") == 0


async def test_a_hit_that_counts_as_several_does_so_over_replicas(redis: Redis) -> None:
    one, two = (limit_of("several", 5, redis.url) for _ in range(2))
    assert await one.hit("a", 4) == 0
    assert await two.hit("a", 2) > 0
    assert await two.hit("a") == 0
    assert await one.hit("b", 9) == 0
    assert 1 <= await two.hit("b", 9) <= 60


async def test_a_hundred_hits_at_once_are_counted_one_by_one(redis: Redis) -> None:
    limits = [limit_of("rush", 30, redis.url) for _ in range(4)]
    waits = await asyncio.gather(*(limits[number % 4].hit("a") for number in range(100)))
    assert waits.count(0) == 30


async def test_what_is_kept_in_redis_goes_away_by_itself(redis: Redis) -> None:
    await limit_of("fleeting", 3, redis.url).hit("a")
    async with locks_at(redis.url).lock("fleeting"):
        keys = [key async for key in redis_of(redis.url).scan_iter("*fleeting*")]
        assert len(keys) == 2
        assert all([0 < await redis_of(redis.url).ttl(key) <= 60 for key in keys])
