"""Tests of normalization and spelling correction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.text.normalization import normalize
from assistant.nlu.text.spell_correction import SpellingCorrector, english_words, frequent_words


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


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        ("tuch", "touch"),  # a letter left out rather than the first one changed
        ("deap", "deep"),
        ("wahs", "wash"),
        ("ofen", "often"),
        ("serem", "serum"),
        ("shoping", "shopping"),
    ],
)
def test_the_likeliest_slip_wins_over_the_more_frequent_word(typed: str, fixed: str) -> None:
    frequent = ["much", "red", "was", "open", "seem", "hoping", "touch", "read", "wash", "dead", "deep"]
    corrector = SpellingCorrector([*frequent, "often", "serum", "shopping"], [])
    assert corrector.correct(typed) == fixed


def test_a_slip_that_many_make_is_corrected_still() -> None:
    texts = ["before"] * 300 + ["befor"] * 30 + ["tret"] * 30 + ["treat"] * 100
    assert frequent_words(texts, {"before", "treat"}) == ["before", "treat", "tret"]


def test_the_dictionary_knows_english_words_and_no_slips() -> None:
    words = frozenset(english_words())
    assert {"weep", "oily", "soothing", "moisturiser", "arvo"} <= words
    assert words.isdisjoint({"befor", "swolen", "hav", "fase", "wich"})
