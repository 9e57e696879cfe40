"""Rendering of messages for a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.core.protocol import URGENT, Message

WIDTH = 80
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def rendered(message: Message, texts: Mapping[str, str], *, first_button: int = 1, bold: bool = False) -> str:
    """Render text, numbered buttons and sources; `bold` uses terminal escape sequences."""
    metadata = message["metadata"]
    parts = [texts["urgent"]] if metadata.get("outcome") == URGENT else []
    parts.append("\n".join(_lines(_styled(message["text"], bold))))
    if metadata.get("details"):
        parts.append(texts["more"])
    if metadata.get("disagreement"):
        parts.append("\n".join([texts["disagreement"], *_positions(metadata.get("positions") or ())]))
    if message.get("buttons"):
        parts.append(
            "\n".join(_wrap(f"{n}) ", b["title"]) for n, b in enumerate(message["buttons"], first_button))
        )
    if metadata.get("sources"):
        parts.append("\n".join([texts["sources"], *_sources(metadata["sources"])]))
    return "\n\n".join(part for part in parts if part)


def _styled(text: str, bold: bool) -> str:
    return _BOLD.sub("\033[1m\\1\033[0m" if bold else r"\1", text)


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield _wrap("- ", line[2:]) if line.startswith("- ") else _wrap("", line)


def _positions(positions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for position in positions:
        numbers = "".join(f"[{number}]" for number in position["sources"])
        yield _wrap("  - ", f"{position['text']} {numbers}")


def _sources(sources: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for number, source in enumerate(sources, start=1):
        named = (source.get("name") or source.get("title"), source.get("section"))
        yield _wrap(f"  [{number}] ", ", ".join(filter(None, named)))


def _wrap(mark: str, text: str) -> str:
    return textwrap.fill(mark + text, WIDTH, subsequent_indent=" " * len(mark), break_on_hyphens=False)
