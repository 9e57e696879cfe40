"""Evens out how a message is typed, so that the same question looks the same."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"'})
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text in lower case, compatibility forms unified, invisible characters gone, "sooooo" as "soo"."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _INVISIBLE.sub("", _DASHES.sub("-", text)).lower()
    return _SPACE.sub(" ", _STRETCHED.sub(r"\1\1", text)).strip()
