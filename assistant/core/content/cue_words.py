"""Normalised words of a message, and search for cues among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_APOSTROPHES = re.compile("['’‘ʼ`]")
_WORDS = re.compile(r"\w+|\?")
_CODES = re.compile(r":[a-z+\-][a-z0-9_+\-]*:")  # Slack's names of emoji
_PICTURE = "So"  # Unicode category of emoji
_TONE = ":skin-tone-"


def plain_words(text: str) -> list[str]:
    """Return the words in lower case without apostrophes, and question marks; emoji and punctuation are dropped."""
    lower = unicodedata.normalize("NFKC", text).lower()
    return _WORDS.findall(_APOSTROPHES.sub("", _CODES.sub(" ", lower)))


def pictures(text: str) -> list[str]:
    """Return the emoji without skin tones, those that Slack names (":+1:") by their name."""
    codes = [code for code in _CODES.findall(text.lower()) if not code.startswith(_TONE)]
    return [*codes, *(sign for sign in text if unicodedata.category(sign) == _PICTURE)]


def holds(words: Sequence[str], cues: Iterable[str]) -> bool:
    """Return whether the words contain one of the cues, which may have several words."""
    said = f" {' '.join(words)} "
    return any(f" {cue} " in said for cue in cues)


def is_all(words: Sequence[str], cues: Iterable[str], fillers: Iterable[str]) -> bool:
    """Return whether the words contain a cue and otherwise only fillers."""
    said = f" {' '.join(words)} "
    rest = said
    for cue in sorted(cues, key=len, reverse=True):
        rest = rest.replace(f" {cue} ", " ")
    around = frozenset(fillers)
    return rest != said and all(word in around for word in rest.split())


def says_one_of(text: str, cues: Iterable[str]) -> bool:
    """Return whether the text contains a cue as whole words, ignoring case and punctuation."""
    return holds(plain_words(text), cues)


def without(text: str, cues: Iterable[str]) -> str:
    """Return the words of the text without the cues, so that "it is not prescribed" does not match "prescribed"."""
    rest = f" {' '.join(plain_words(text))} "
    for cue in cues:
        rest = rest.replace(f" {cue} ", " ")
    return rest.strip()
