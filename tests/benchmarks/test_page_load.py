"""Tests of the figures that the page-load benchmark derives from its visits."""

from __future__ import annotations

from benchmarks.page_load.baselines import DEEP_CHAT, NOTHING, OURS
from benchmarks.page_load.browser import Visit
from benchmarks.page_load.metrics import complaints, figures

ALONE = [Visit(tag_bytes=0, tag_milliseconds=10, shift=0)] * 3
QUICK = Visit(tag_bytes=4 * 1024, tag_milliseconds=30, shift=0, open_bytes=20 * 1024, open_milliseconds=80)
SLOW = Visit(tag_bytes=7 * 1024, tag_milliseconds=90, shift=0.1, open_bytes=100 * 1024, open_milliseconds=900)


def test_the_work_of_the_page_alone_is_taken_off() -> None:
    """Each chat has a row, the page alone has none."""
    rows = figures({NOTHING.name: ALONE, OURS: [QUICK] * 3, DEEP_CHAT: [SLOW] * 3}).splitlines()
    assert rows[2] == f"| {OURS} | 4.0 KB | 20 ms | 20.0 KB | 80 ms | 0.000 |"
    assert rows[3] == f"| {DEEP_CHAT} | 7.0 KB | 80 ms | 100.0 KB | 900 ms | 0.100 |"
    assert len(rows) == 4


def test_one_slow_visit_of_three_changes_the_shift_alone() -> None:
    """Medians forgive; something that moved once has moved."""
    (row,) = figures({NOTHING.name: ALONE, OURS: [QUICK, SLOW, QUICK]}).splitlines()[2:]
    assert row == f"| {OURS} | 4.0 KB | 20 ms | 20.0 KB | 80 ms | 0.100 |"


def test_it_complains_of_each_target_that_is_missed() -> None:
    """Of ours only: the others are there for comparison."""
    assert complaints({NOTHING.name: ALONE, OURS: [QUICK], DEEP_CHAT: [SLOW]}) == ()
    assert len(complaints({NOTHING.name: ALONE, OURS: [SLOW]})) == 5
