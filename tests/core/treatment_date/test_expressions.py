"""Messages about the time of a treatment, compared with the table of expected moments."""

from __future__ import annotations

import pytest

from tests.core.treatment_date.table import Case, all_cases, is_right, is_silently_wrong

_CASES = all_cases()
_NAMES = [f"{name}: {case.say[:60]}" for name, case in _CASES]


@pytest.mark.parametrize("case", [case for _, case in _CASES], ids=_NAMES)
def test_an_expression_says_its_moment(case: Case) -> None:
    found = case.found()
    assert is_right(case, found) != case.missed, f"wanted {case.wanted}, found {found}"


@pytest.mark.parametrize("case", [case for _, case in _CASES], ids=_NAMES)
def test_nothing_is_silently_wrong(case: Case) -> None:
    found = case.found()
    assert not is_silently_wrong(case, found), f"wanted {case.wanted}, found {found}"


def test_the_table_is_large_and_few_of_it_are_missed() -> None:
    assert len(_CASES) >= 150
    assert sum(case.missed for _, case in _CASES) <= len(_CASES) // 20


def test_the_table_goes_round_the_world() -> None:
    assert len({str(case.now.tzinfo) for _, case in _CASES}) >= 6


def test_the_expression_is_the_words_of_the_message() -> None:
    for _, case in _CASES:
        expression = getattr(case.found(), "expression", "")
        assert expression in case.say
