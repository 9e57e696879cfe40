"""Evens out how a message is typed, so that the same question looks the same."""

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
"""Words and signs of a message that are read; 1,000 characters of English have 200 to 330."""


def normalize(text: str) -> str:
    """The text in lower case, compatibility forms unified, invisible characters gone, "sooooo" as "soo".

    Lines that say something become sentences.
    """
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = _INVISIBLE.sub("", _DASHES.sub("-", text)).lower()
    text = _YES_OR_NO.sub("yes or no", _as_sentences(text.strip()))
    return _SPACE.sub(" ", _STRETCHED.sub(r"\1\1", text)).strip()


def shortened(text: str) -> str:
    """The text up to its first ``MOST_PIECES`` words and signs, for what takes time for each of them.

    Before something is cut off, a sign that is said many times is said once: what matters may stand behind it.
    """
    if (end := _end_of_pieces(text)) is None:
        return text
    text = _REPEATED.sub(r"\1", text)
    end = _end_of_pieces(text)
    return text if end is None else text[:end]


def _end_of_pieces(text: str) -> int | None:
    """Where the last piece ends that is read; none where all are."""
    last = next(islice(_PIECE.finditer(text), MOST_PIECES - 1, MOST_PIECES), None)
    return last and last.end()


def _as_sentences(text: str) -> str:
    """With a stop between two lines that both say something, as people who write a question a line leave it out."""
    first, *others = text.splitlines() or [""]
    parts, words, ending = [first], len(first.split()), first[-_ENDING:]
    for line in others:
        says = words > _FEW or ending.endswith(_ASKS)
        whole = ending[-1:].isalnum() and says and len(line.split()) >= _FEW
        parts.append(f"{'.' if whole else ''} {line}")
        words, ending = words + len(line.split()), f"{ending}{parts[-1]}"[-_ENDING:]
    return "".join(parts)
