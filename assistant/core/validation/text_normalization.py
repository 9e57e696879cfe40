"""Evens out how text is written, so that the same words look the same."""

from __future__ import annotations

import unicodedata

_WORD = frozenset("LNM")  # letters, numbers and the marks on them
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc`\u00b4")


def words(text: str) -> list[str]:
    """The words in their plainest form: no case, no punctuation, no apostrophes, hyphens as spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_plain(character) for character in text).split()


def canonical(text: str) -> str:
    """The text by which two phrases are compared; what has no words (an emoji, "?") stays as it is."""
    return " ".join(words(text)) or text.strip()


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens, joiners and other things that nobody sees
        return ""
    return character if category[0] in _WORD else " "
