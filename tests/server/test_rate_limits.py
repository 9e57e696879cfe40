"""Rate limits over a sliding window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.server.traffic.rate_limits import SlidingWindow


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_up_to_the_limit_nobody_waits() -> None:
    window = SlidingWindow(3, clock=Clock())
    assert [window.hit("a") for _ in range(3)] == [0, 0, 0]


def test_the_wait_ends_when_the_oldest_hit_leaves_the_window() -> None:
    clock = Clock()
    window = SlidingWindow(2, 60, clock)
    window.hit("a")
    clock.now += 50
    window.hit("a")
    assert window.hit("a") == 10
    clock.now += 9.5
    assert window.hit("a") == 1
    clock.now += 0.5
    assert window.hit("a") == 0
    assert window.hit("a") == 50


def test_a_hit_may_count_as_several() -> None:
    clock = Clock()
    window = SlidingWindow(5, 60, clock)
    assert window.hit("a", 2) == 0
    clock.now += 20
    assert window.hit("a", 2) == 0
    assert window.hit("a", 4) == 60
    assert window.hit("a", 3) == 40
    assert window.hit("a") == 0


def test_a_hit_that_counts_as_more_than_the_limit_is_possible_all_the_same() -> None:
    window = SlidingWindow(5, 60, Clock())
    assert [window.hit("a", 9) for _ in range(2)] == [0, 60]


def test_a_refused_hit_does_not_count() -> None:
    clock = Clock()
    window = SlidingWindow(1, 60, clock)
    window.hit("a")
    for _ in range(10):
        clock.now += 5.9
        assert window.hit("a") > 0
    clock.now += 1
    assert window.hit("a") == 0


def test_keys_do_not_disturb_each_other() -> None:
    window = SlidingWindow(1, clock=Clock())
    assert [window.hit(key) for key in "abc"] == [0, 0, 0]


def test_keys_that_nobody_uses_are_forgotten() -> None:
    clock = Clock()
    window = SlidingWindow(2, 60, clock)
    for n in range(1000):
        window.hit(str(n))
    clock.now += 61
    window.hit("a")
    assert len(window) == 1


@given(st.lists(st.floats(min_value=0, max_value=40), max_size=60), st.integers(min_value=1, max_value=5))
def test_no_window_ever_holds_more_than_the_limit(pauses: list[float], limit: int) -> None:
    clock = Clock()
    window = SlidingWindow(limit, 60, clock)
    allowed: list[float] = []
    for pause in pauses:
        clock.now += pause
        if window.hit("a") == 0:
            allowed.append(clock.now)
    assert all(later - earlier >= 60 for earlier, later in zip(allowed, allowed[limit:], strict=False))
