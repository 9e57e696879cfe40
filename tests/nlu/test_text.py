"""Tests of normalization and spelling correction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.text.normalization import normalize
from assistant.nlu.text.spell_correction import SpellingCorrector, frequent_words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  How   LONG\n am i red ", "how long am i red"),
        ("it\u2019s sooooo red", "it's soo red"),
        ("\u2060/restart", "/restart"),
        ("ｒｅｄ", "red"),
    ],
)
def test_a_message_is_evened_out(typed: str, expected: str) -> None:
    assert normalize(typed) == expected


@given(st.text(max_size=300))
def test_evening_out_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


CORRECTOR = SpellingCorrector(
    ["redness", "swelling", "dermapen", "needling"], ["weather", "needing", "dress"]
)


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        ("how long is the rednes", "how long is the redness"),
        ("sweling after dermapn", "swelling after dermapen"),
    ],
)
def test_an_unknown_word_becomes_the_nearest_frequent_one(typed: str, fixed: str) -> None:
    assert CORRECTOR.correct(typed) == fixed


@pytest.mark.parametrize("text", ["the weather", "i am needing a dress", "xq zz qqqqqqqq", "red"])
def test_known_short_and_far_off_words_stay_as_they_are(text: str) -> None:
    assert CORRECTOR.correct(text) == text


def test_words_used_often_come_first() -> None:
    texts = ["redness redness redness redness", "needling needling needling", "once"]
    assert frequent_words(texts, {"redness", "needling", "once"}) == ["redness", "needling"]


def test_a_slip_that_a_few_people_make_is_not_worth_correcting_towards() -> None:
    assert frequent_words(["swolen swolen swolen dermapen"] + ["dermapen"] * 10, {"swollen"}) == ["dermapen"]
