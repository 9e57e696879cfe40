"""Conditions of the person's own, and those of others."""

from __future__ import annotations

import pytest

from assistant.core.screening.questions import Screening
from assistant.core.screening.replies import Mention, self_reported_conditions


def own(check: Screening, text: str, named: str) -> list[str]:
    return self_reported_conditions(text, [Mention("it", text.index(named))], check.own)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("im on accutane at the moment", "accutane"),
        ("i have a nickel allergy", "nickel"),
        ("no but i have a nickel allergy", "nickel"),
        ("I'm allergic to titanium, can i have it", "titanium"),
        ("i've got loads of spots right now", "spots"),
        ("what about my haemophilia", "haemophilia"),
    ],
)
def test_what_people_say_of_themselves_is_theirs(check: Screening, text: str, named: str) -> None:
    assert own(check, text, named) == ["it"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("is accutane a problem", "accutane"),
        ("i don't have active acne", "acne"),
        ("no acne", "acne"),
        ("my friend is on accutane", "accutane"),
        ("i have a sister with haemophilia", "haemophilia"),
        ("if i have an infection what happens", "infection"),
        ("i was on accutane in the past", "accutane"),
        ("i have acne scars", "acne"),
        ("i have had a look at your page and it says that people with an infection can't", "infection"),
    ],
)
def test_what_is_anothers_past_supposed_or_denied_is_not(check: Screening, text: str, named: str) -> None:
    assert own(check, text, named) == []
