"""Ids that were seen, in one process."""

from __future__ import annotations

from channels.seen_ids import SeenIds


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_an_id_is_new_once() -> None:
    seen = SeenIds("events")
    assert [await seen.is_new(given) for given in ("a", "b", "a")] == [True, True, False]


async def test_an_id_is_new_again_after_its_time() -> None:
    clock = Clock()
    seen = SeenIds("events", seconds=60, clock=clock)
    assert await seen.is_new("a")
    clock.now += 59
    assert not await seen.is_new("a")
    clock.now += 1
    assert await seen.is_new("a")


async def test_it_never_remembers_more_than_it_can_hold() -> None:
    seen = SeenIds("events")
    for number in range(10_500):
        await seen.is_new(str(number))
    assert not await seen.is_new("10499")
    assert await seen.is_new("1")
