"""Tests of matching answers against expected ones."""

from __future__ import annotations

from testbed.expected_answers import Expected, all_fit, each_answer

PAIN = {"topic": "pain", "outcome": "answered"}
DOWNTIME = {"topic": "downtime", "outcome": "answered"}


def expected(*given: object) -> list[Expected]:
    return [Expected.parse_obj(answer) for answer in each_answer([*given])]


def test_any_fair_reading_is_right() -> None:
    (either,) = expected(["redness", "downtime"])
    assert either.fits(DOWNTIME)
    assert not either.fits(PAIN)


def test_everything_that_is_named_has_to_be_right() -> None:
    (wrinkles,) = expected({"topic": "treats", "concern": ["wrinkles", "fine_lines"]})
    assert wrinkles.fits({"topic": "treats", "concern": "fine_lines", "outcome": "answered"})
    assert not wrinkles.fits({"topic": "treats", "concern": "acne", "outcome": "answered"})
    assert not wrinkles.fits({"topic": "treats", "outcome": "answered"})


def test_asking_back_is_no_answer() -> None:
    (pain,) = expected("pain")
    assert not pain.fits({"topic": "pain", "outcome": "clarify"})
    assert Expected(outcome=("clarify",)).fits({"outcome": "clarify"})


def test_answers_come_in_order_and_none_is_left_over() -> None:
    both = expected("pain", "downtime")
    assert all_fit(both, [PAIN, DOWNTIME])
    assert not all_fit(both, [DOWNTIME, PAIN])
    assert not all_fit(both, [PAIN])
    assert not all_fit(both, [PAIN, DOWNTIME, PAIN])


def test_neighbours_with_one_topic_share_an_answer() -> None:
    """Nobody wants the same answer twice."""
    alike = expected("downtime", ["redness", "downtime"])
    assert all_fit(alike, [DOWNTIME])
    assert all_fit(alike, [DOWNTIME, {"topic": "redness", "outcome": "answered"}])
