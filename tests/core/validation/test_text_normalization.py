"""Normalisation of texts for comparison."""

from __future__ import annotations

import pytest

from assistant.core.validation.comparison import canonical, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Can\u2019t I, please?", ["cant", "i", "please"]),
        ("micro-needling \u2013 micro\u2011needling", ["micro", "needling", "micro", "needling"]),
        ("{clinic_name} **now**", ["clinic", "name", "now"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("décolletage décolletage", ["décolletage", "décolletage"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("24h/day, 0.5 mm", ["24h", "day", "0", "5", "mm"]),
        ("मुझे दर्द होगा?", ["मुझे", "दर्द", "होगा"]),
        ("?!", []),
    ],
)
def test_words_have_no_case_and_no_punctuation(text: str, plain: list[str]) -> None:
    assert words(text) == plain


def test_a_text_without_words_stays_as_it_is() -> None:
    assert canonical(" ?! ") == "?!"
