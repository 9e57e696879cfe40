"""Locks within a process: one message at a time, in order of arrival, with a bounded queue."""

from __future__ import annotations

import asyncio

import pytest
from rasa.core.lock_store import LockError

from assistant.server.traffic.locks import WAITING_AT_MOST, ConversationLocks


async def test_messages_take_their_turn_in_order() -> None:
    locks = ConversationLocks()
    order: list[int] = []

    async def take_turn(number: int) -> None:
        async with locks.lock("one"):
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(take_turn(number) for number in range(10)))
    assert order == list(range(10))


async def test_a_long_line_is_refused_and_then_forgotten() -> None:
    locks = ConversationLocks()
    release = asyncio.Event()

    async def take_turn() -> None:
        async with locks.lock("one"):
            await release.wait()

    waiting = [asyncio.create_task(take_turn()) for _ in range(WAITING_AT_MOST + 1)]
    await asyncio.sleep(0)
    with pytest.raises(LockError):
        await locks.lock("one").__aenter__()
    async with locks.lock("other"):
        pass
    release.set()
    await asyncio.gather(*waiting)
    async with locks.lock("one"):
        pass


async def test_a_turn_that_fails_lets_go() -> None:
    locks = ConversationLocks()
    with pytest.raises(ValueError, match="broken"):
        async with locks.lock("one"):
            raise ValueError("broken")
    async with locks.lock("one"):
        pass


async def test_who_gives_up_leaves_the_line() -> None:
    locks = ConversationLocks()
    async with locks.lock("one"):
        impatient = asyncio.create_task(locks.lock("one").__aenter__())
        await asyncio.sleep(0)
        impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
    async with locks.lock("one"):
        pass
