"""Normalisation of texts for comparison."""

from __future__ import annotations

import unicodedata

_WORD = frozenset("LNM")  # Unicode categories of letters, numbers and combining marks
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc`\u00b4")


def words(text: str) -> list[str]:
    """Return the words without case, punctuation and apostrophes, and with hyphens as spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_plain(character) for character in text).split()


def canonical(text: str) -> str:
    """Return the text in the form used to compare phrases; a text without words (an emoji, "?") is kept."""
    return " ".join(words(text)) or text.strip()


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    category = unicodedata.category(character)
    if category == "Cf":  # invisible characters such as soft hyphens and joiners
        return ""
    return character if category[0] in _WORD else " "
