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
        async with line.place():
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(be_served(number) for number in range(10)))
    assert most == 2
    assert order == list(range(10))


async def test_who_finds_the_line_full_is_told_when_to_come_back() -> None:
    line = AdmissionQueue(at_once=1, length=1)
    async with line.place():
        waiting = asyncio.create_task(line.place().__aenter__())
        await asyncio.sleep(0.01)
        with pytest.raises(ProblemError) as refused:
            await line.place().__aenter__()
        assert refused.value.kind == "overloaded"
        assert int(refused.value.headers["Retry-After"]) >= 1
    await waiting


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_line, "WAIT_AT_MOST", 0.01)
    line = AdmissionQueue(at_once=1)
    async with line.place():
        with pytest.raises(ProblemError):
            await line.place().__aenter__()
    async with line.place():
        pass
