"""Evens out how a message is typed, so that the same question looks the same."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"'})
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_FEW = 2  # words
_ASKS = (" when", " how", " or not")
_YES_OR_NO = re.compile(r"\by ?/ ?n\b")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text in lower case, compatibility forms unified, invisible characters gone, "sooooo" as "soo".

    Lines that say something become sentences.
    """
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _INVISIBLE.sub("", _DASHES.sub("-", text)).lower()
    text = _YES_OR_NO.sub("yes or no", _as_sentences(text.strip()))
    return _SPACE.sub(" ", _STRETCHED.sub(r"\1\1", text)).strip()


def _as_sentences(text: str) -> str:
    """With a stop between two lines that both say something, as people who write a question a line leave it out."""
    first, *others = text.splitlines() or [""]
    for line in others:
        says = len(first.split()) > _FEW or first.endswith(_ASKS)
        whole = first[-1:].isalnum() and says and len(line.split()) >= _FEW
        first = f"{first}{'.' if whole else ''} {line}"
    return first
