"""The page of everything that computed answers say is the one that was read through."""

from __future__ import annotations

import re

import pytest

from assistant.core.aftercare.grammar import CASES, FORMS
from assistant.core.aftercare.guide import AftercareGuide
from tests.core.aftercare.golden import PATH, page

MINUTES, WORDS_A_MINUTE = 20, 240


def test_the_page_is_up_to_date() -> None:
    """If it is not: ``python -m tests.core.aftercare.golden``, and read what changed."""
    assert PATH.read_text(encoding="utf-8") == page()


def test_every_rule_and_every_case_is_on_the_page(book: AftercareGuide) -> None:
    text = page()
    assert all(f"**{rule.id}**" in text for rule in book.aftercare.rules)
    assert all(f"- **{case}**" in text for case in CASES)


def test_no_form_has_a_case_that_there_is_not(book: AftercareGuide) -> None:
    assert set(book.wording.openings) <= set(FORMS)
    assert set(book.wording.openings["may"]) == set(CASES)
    assert all(set(cases) <= set(CASES) for cases in book.wording.openings.values())


def test_the_page_can_be_read_through_in_twenty_minutes() -> None:
    assert len(re.sub(r"\[[^\]]*\]", "", page()).split()) < MINUTES * WORDS_A_MINUTE


@pytest.mark.parametrize("opening", ["Yes", "Not yet", "No", "Ask first", "My sources don't cover that"])
def test_verdicts_begin_as_agreed(opening: str, book: AftercareGuide) -> None:
    agreed = (
        r"\*\*(Yes\.|Not yet( –|\.)|No\.|Ask first\.|My sources don't cover that\.|Don't stop it yourself)"
    )
    said = book.wording.openings["may"].values()
    assert all(re.match(agreed, text) for text in said)
    assert any(text.startswith(f"**{opening}") for text in said)
