"""Keyed queue, deduplication and throttling: in order, once, and within Slack's rate."""

from __future__ import annotations

import asyncio

from assistant.server.traffic.deduplication import REMEMBERED, InMemoryDeduplicator
from assistant.server.traffic.queues import KeyedQueue, Throttle


async def test_a_lane_keeps_its_order_and_does_not_hold_up_another() -> None:
    lanes, done, gate = KeyedQueue(), [], asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.append("a1")

    async def note(what: str) -> None:
        done.append(what)

    lanes.add("a", slow)
    lanes.add("a", lambda: note("a2"))
    lanes.add("b", lambda: note("b1"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert done == ["b1"]
    gate.set()
    assert await lanes.drain(10) == 0
    assert done == ["b1", "a1", "a2"]


async def test_work_that_does_not_end_is_cut_off_when_the_server_stops() -> None:
    lanes = KeyedQueue()
    lanes.add("a", asyncio.Event().wait)  # type: ignore[arg-type]
    assert await lanes.drain(0.01) == 1


async def test_the_pace_keeps_starts_a_second_apart_in_each_channel() -> None:
    now, waits = [100.0], list[float]()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    pace = Throttle(1.0, clock=lambda: now[0], sleep=sleep)
    for channel in ("C1", "C1", "C2", "C1"):
        await pace.wait(channel)
    now[0] += 5
    await pace.wait("C1")
    assert waits == [0.0, 1.0, 0.0, 2.0, 0.0]


async def test_what_was_claimed_is_not_claimed_again_until_it_is_released() -> None:
    seen = InMemoryDeduplicator()
    assert await seen.claim(["event:1", "message:1"])
    assert not await seen.claim(["event:2", "message:1"])
    assert await seen.claim(["event:2"])  # a refused claim holds nothing
    await seen.release(["event:1", "message:1"])
    assert await seen.claim(["event:1", "message:1"])


async def test_memory_forgets_after_an_hour_and_never_grows_beyond_its_size() -> None:
    now = [0.0]
    seen = InMemoryDeduplicator(size=3, clock=lambda: now[0])
    assert await seen.claim(["a"])
    now[0] = REMEMBERED + 1
    assert await seen.claim(["a"])
    for key in "bcdefg":
        await seen.claim([key])
    assert len(seen) == 3
