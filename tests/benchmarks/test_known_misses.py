"""Tests of the list of known misses, which must shrink."""

from __future__ import annotations

from pathlib import Path

from benchmarks.known_misses import Miss, compare, misses, read_misses, write_misses
from benchmarks.questions import Question
from benchmarks.replies import Reply

OLD, NEW, MENDED = (
    Miss("a", "pain", "cost (answered)"),
    Miss("b", "cost", "pain (clarify)"),
    Miss("c", "pain", "x"),
)


def test_a_run_is_compared_with_what_is_known() -> None:
    """What is still missed stays, what is understood goes, what is new is told apart."""
    comparison = compare([OLD, NEW], [OLD, MENDED])
    assert (comparison.known, comparison.new, comparison.mended) == ((OLD,), (NEW,), 1)


def test_a_known_miss_may_be_missed_in_another_way() -> None:
    """What came instead doesn't make it a new one."""
    again = Miss("a", "pain", "bleeding (answered)")
    assert compare([again], [OLD]).known == (again,)


def test_misses_are_kept_in_the_order_of_topics(tmp_path: Path) -> None:
    """So that a run changes as few lines as possible."""
    path = tmp_path / "known.yml"
    assert read_misses(path) is None
    write_misses(path, [OLD, NEW])
    assert read_misses(path) == [NEW, OLD]
    write_misses(path, [])
    assert read_misses(path) == []


def test_a_missed_alarm_is_a_miss_of_its_own_kind() -> None:
    """The label says that it was urgent."""
    pus = Question("there is pus", "symptom_report", urgent=True)
    found = misses([(pus, Reply("symptom_report", "answered")), (pus, Reply("symptom_report", "urgent"))])
    assert found == [Miss("there is pus", "symptom_report (urgent)", "symptom_report (answered)")]
