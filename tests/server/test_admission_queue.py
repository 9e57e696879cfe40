"""Admission queue: bounded length, first in, first out."""

from __future__ import annotations

import asyncio

import pytest

from assistant.server.problems import ProblemError
from assistant.server.traffic import queues as waiting_line
from assistant.server.traffic.queues import AdmissionQueue


async def test_who_comes_first_is_served_first_and_never_too_many_at_once() -> None:
    line = AdmissionQueue(at_once=2, length=10)
    inside = most = 0
    order: list[int] = []

    async def be_served(number: int) -> None:
        nonlocal inside, most
        async with line.place(str(number)):
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(be_served(number) for number in range(10)))
    assert most == 2
    assert order == list(range(10))


async def test_one_address_does_not_fill_the_line() -> None:
    line = AdmissionQueue(at_once=3, length=20)
    order: list[str] = []

    async def be_served(address: str) -> None:
        async with line.place(address):
            await asyncio.sleep(0.001)
            order.append(address)

    await asyncio.gather(*(be_served("loud") for _ in range(8)), be_served("quiet"))
    assert order.index("quiet") <= 2
    assert order.count("loud") == 8


async def test_who_gives_up_waiting_leaves_the_place_to_others() -> None:
    line = AdmissionQueue(at_once=1)
    async with line.place("a"):
        waiting = [asyncio.create_task(line.place("b").__aenter__()) for _ in range(2)]
        await asyncio.sleep(0.01)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    async with line.place("b"):
        pass


async def test_who_finds_the_line_full_is_told_when_to_come_back() -> None:
    line = AdmissionQueue(at_once=1, length=1)
    async with line.place("a"):
        waiting = asyncio.create_task(line.place("a").__aenter__())
        await asyncio.sleep(0.01)
        with pytest.raises(ProblemError) as refused:
            await line.place("a").__aenter__()
        assert refused.value.kind == "overloaded"
        assert int(refused.value.headers["Retry-After"]) >= 1
    await waiting


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_line, "WAIT_AT_MOST", 0.01)
    line = AdmissionQueue(at_once=1)
    async with line.place("a"):
        with pytest.raises(ProblemError):
            await line.place("a").__aenter__()
    async with line.place("a"):
        pass
