"""Long text is split at the best place, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.slack.blocks.text import clip, cut, shorten


@given(st.text(), st.integers(20, 200))
def test_nothing_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("One.\n\nTwo is longer.", 16, ["One.", "Two is longer."]),
        ("One.\nTwo is longer.", 16, ["One.", "Two is longer."]),
        ("It is one. It is two. It is three.", 24, ["It is one. It is two.", "It is three."]),
        ("one two three four", 10, ["one two", "three four"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
    ],
)
def test_paragraphs_come_before_lines_before_sentences_before_words(
    text: str, limit: int, pieces: list[str]
) -> None:
    assert cut(text, limit) == pieces


def test_an_escaped_sign_is_never_cut_in_two() -> None:
    pieces = cut("x" * 7 + "&amp;" + "y" * 9, 10)
    assert pieces == ["x" * 7, "&amp;yyyyy", "yyyy"]


def test_what_is_shortened_says_so_and_ends_with_a_whole_sentence() -> None:
    assert shorten("It is one. It is two.", 15) == "It is one. …"
    assert shorten("short", 15) == "short"


def test_a_label_is_one_line() -> None:
    assert clip("a long\ntitle", 20) == "a long title"
    assert clip("a long title", 7) == "a long…"


@pytest.mark.parametrize("limit", range(45, 60))
def test_a_link_with_blanks_in_its_words_is_not_cut(limit: int) -> None:
    link = "<tel:02079460123|020 7946 0123>"
    pieces = cut(f"Call the clinic on {link} or ask again. Or call {link}", limit)
    assert sum(piece.count(link) for piece in pieces) == 2
    assert all(len(piece) <= limit for piece in pieces)
