"""Cutting text to Slack's limits: at paragraphs, lines, sentences or words, whatever fits first; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

# From the kindest place to cut to the least kind; each keeps what it cuts behind.
_OUTSIDE = r"(?![^<>\n]{0,80}>)"  # of a link, whose words may hold blanks
_SEAMS = (r"(?<=\n)\n+", r"\n", rf"(?<=[.!?…])\s+{_OUTSIDE}", rf"\s+{_OUTSIDE}")
_ENTITY = re.compile(r"&(amp|lt|gt);|<[^<>\n]{0,200}>")


def cut(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, none of them empty."""
    return [piece for raw in _pieces(text, limit, 0) if (piece := raw.strip())]


def shorten(text: str, limit: int) -> str:
    """The first piece of the text; an ellipsis says that there is more."""
    text = text.strip()
    return text if len(text) <= limit else cut(text, limit - 2)[0] + " …"


def clip(text: str, limit: int) -> str:
    """A label: one line, and no longer than `limit`."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _pieces(text: str, limit: int, seam: int) -> Iterator[str]:
    if len(text) <= limit:
        yield text
    elif seam == len(_SEAMS):
        yield from _hard(text, limit)
    else:
        yield from _packed(text, limit, seam)


def _packed(text: str, limit: int, seam: int) -> Iterator[str]:
    """Parts between seams, as many together as fit; a part that is too long alone is cut at the next seam."""
    held = ""
    for part in _parts(text, _SEAMS[seam]):
        if len((held + part).strip()) <= limit:
            held += part
            continue
        if held.strip():
            yield held
        *whole, held = _pieces(part, limit, seam + 1)
        yield from whole
    yield held


def _parts(text: str, pattern: str) -> Iterator[str]:
    start = 0
    for found in re.finditer(pattern, text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _hard(text: str, limit: int) -> Iterator[str]:
    """In the middle of a word, but never of an escaped sign or of a link."""
    while len(text) > limit:
        end = limit
        for found in _ENTITY.finditer(text, max(0, limit - limit // 2)):
            if found.start() < limit < found.end():
                end = found.start() or limit
        yield text[:end]
        text = text[end:]
    yield text
