"""Normalizes how a message is typed, so that equal questions have equal text."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import Final

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"'})
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_FEW = 2  # words
_ASKS = (" when", " how", " or not")
_YES_OR_NO = re.compile(r"\by ?/ ?n\b")
_ENDING = max(map(len, _ASKS))
_SPACE = re.compile(r"\s+")
_PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")
_REPEATED = re.compile(r"([^\w\s]|_)(?:\s*\1)+")
MOST_PIECES: Final = 400
"""Limit on the words and symbols read of a message; 1,000 characters of English have 200 to 330."""


def normalize(text: str) -> str:
    """Return the text lower-cased and in NFKC, without invisible characters and with "sooooo" as "soo".

    Lines with content of their own become sentences.
    """
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _INVISIBLE.sub("", _DASHES.sub("-", text)).lower()
    text = _YES_OR_NO.sub("yes or no", _as_sentences(text.strip()))
    return _SPACE.sub(" ", _STRETCHED.sub(r"\1\1", text)).strip()


def shortened(text: str) -> str:
    """Return the text up to its first ``MOST_PIECES`` words and symbols, for steps whose time grows with their number.

    If the text is too long, repeated symbols are collapsed before it is cut: important words may follow them.
    """
    if (end := _end_of_pieces(text)) is None:
        return text
    text = _REPEATED.sub(r"\1", text)
    end = _end_of_pieces(text)
    return text if end is None else text[:end]


def _end_of_pieces(text: str) -> int | None:
    """Return the end offset of the last word or symbol within the limit, or None if the text is short enough."""
    last = next(islice(_PIECE.finditer(text), MOST_PIECES - 1, MOST_PIECES), None)
    return last and last.end()


def _as_sentences(text: str) -> str:
    """Join lines, with a full stop between two that both have content: one question per line often has none."""
    first, *others = text.splitlines() or [""]
    parts, words, ending = [first], len(first.split()), first[-_ENDING:]
    for line in others:
        says = words > _FEW or ending.endswith(_ASKS)
        whole = ending[-1:].isalnum() and says and len(line.split()) >= _FEW
        parts.append(f"{'.' if whole else ''} {line}")
        words, ending = words + len(line.split()), f"{ending}{parts[-1]}"[-_ENDING:]
    return "".join(parts)
