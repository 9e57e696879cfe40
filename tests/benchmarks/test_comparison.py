"""Tests of the tables that compare ours with stock."""

from __future__ import annotations

from benchmarks.comparison import Measured, accuracy_table, cost_table, rounds_table
from benchmarks.predictions import Guess
from benchmarks.questions import Question
from benchmarks.rounds import Round
from benchmarks.training import Training


def measured(factor: float) -> Measured:
    rounds = [Round(8 * factor, (4 * factor,) * 20, int(500e6 * factor), 240 / factor) for _ in range(2)]
    return Measured(Training(60 * factor, "2026-01-01"), rounds)


def line(table: str, beginning: str) -> list[str]:
    found = next(line for line in table.splitlines() if line.startswith(f"| {beginning}"))
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_ratios_stand_beside_the_figures_they_come_from() -> None:
    """Ours, stock, ours by stock, the target, the verdict."""
    table = cost_table(measured(1), measured(4))
    assert line(table, "training") == ["training", "60 s", "240 s", "0.25", "≤ 0.50", "yes"]
    assert line(table, "answer time, median")[1:] == ["4.0 ms", "16.0 ms", "0.25", "≤ 0.33", "yes"]
    assert line(table, "answers a second")[1:] == ["240", "60", "4.00", "≥ 3.00", "yes"]
    assert line(table, "resident memory")[1:] == ["500 MB", "2,000 MB", "0.25", "≤ 0.60", "yes"]


def test_a_target_that_was_not_reached_is_said_so() -> None:
    """Of equals, every ratio falls short."""
    table = cost_table(measured(1), measured(1))
    assert table.count("**no**") == 5


def test_accuracy_is_compared_in_points() -> None:
    """Percentage points, not per cent."""
    pain = Question("does it hurt", "pain")
    right, wrong = (pain, Guess("pain", 0.9)), (pain, Guess("cost", 0.9))
    table = accuracy_table({"eval": [right, right]}, {"eval": [right, wrong]})
    row = line(table, "eval: right topic answered")
    assert row[1:] == ["100.0% (2 of 2)", "50.0% (1 of 2)", "+50.0", "≥ +10", "yes"]


def test_rounds_are_listed_in_the_order_of_measuring() -> None:
    """One of ours, one of stock, and again."""
    table = rounds_table({"ours": measured(1), "stock": measured(4)})
    names = [each.split("|")[1].strip() for each in table.splitlines()[2:]]
    assert names == ["ours, round 1", "stock, round 1", "ours, round 2", "stock, round 2"]
