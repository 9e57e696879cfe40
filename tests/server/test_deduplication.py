"""Tests of claims on keys in memory."""

from __future__ import annotations

from assistant.server.traffic.deduplication import REMEMBERED, InMemoryDeduplicator


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_of_several_claims_on_a_key_one_succeeds() -> None:
    claims = InMemoryDeduplicator()
    assert await claims.claim(["event", "message"])
    assert not await claims.claim(["another event", "message"])
    assert await claims.claim(["another event"])


async def test_a_released_key_can_be_claimed_again() -> None:
    claims = InMemoryDeduplicator()
    await claims.claim(["event"])
    await claims.release(["event", "of another"])
    assert await claims.claim(["event"])


async def test_claims_expire() -> None:
    clock = Clock()
    claims = InMemoryDeduplicator(clock=clock)
    await claims.claim(["event"])
    clock.now = REMEMBERED - 1
    assert not await claims.claim(["event"])
    clock.now = REMEMBERED + 1
    assert len(claims) == 0
    assert await claims.claim(["event"])


async def test_the_oldest_claims_go_where_there_are_too_many() -> None:
    claims = InMemoryDeduplicator(size=2)
    for key in ("first", "second", "third"):
        assert await claims.claim([key])
    assert len(claims) == 2
    assert await claims.claim(["first"])
    assert not await claims.claim(["third"])
