"""Misspelt temporal words, and other words that resemble them."""

from __future__ import annotations

import pytest

from assistant.core.timex.canonical_words import corrected
from assistant.core.timex.normalized_text import normalize


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yestrday", "yesterday"), ("yesterdya", "yesterday"), ("tommorow", "tomorrow"), ("tomorow", "tomorrow"),
        ("wensday", "wednesday"), ("wendesday", "wednesday"), ("thrusday", "thursday"), ("thurday", "thursday"),
        ("mnoday", "monday"), ("firday", "friday"), ("satuday", "saturday"), ("novmber", "november"),
        ("evning", "evening"), ("aftrnoon", "afternoon"), ("tmrw", "tomorrow"), ("weds", "wednesday"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_the_nearest(written: str, meant: str) -> None:
    assert corrected(written) == meant


@pytest.mark.parametrize(
    "word", ["sundae", "moaning", "warning", "money", "fridge", "weak", "mouth", "member", "hurts"]
)
def test_another_word_is_left_alone(word: str) -> None:
    assert corrected(word) == word


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Twenty-first of March", "21st of march"),
        ("4pm, 5mins & 48hrs", "4 pm , 5 minute & 48 hour"),
        ("19f 0.5mm £30", "19f 0.5 mm #"),
        ("today's Saturday", "today s saturday"),
        ("it’s 2moro @ 15h30", "its tomorrow at 15:30 h"),
        ("a week's time", "a week s time"),
    ],
)
def test_a_message_is_read_in_the_words_of_the_house(message: str, text: str) -> None:
    assert normalize(message).text == text
