"""Rendering of messages for a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from assistant.core.protocol import Message

WIDTH = 80
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def rendered(message: Message, texts: Mapping[str, str], *, first_button: int = 1, bold: bool = False) -> str:
    """Render text, numbered buttons and sources; `bold` uses terminal escape sequences."""
    metadata = message["metadata"]
    parts = [texts["urgent"]] if metadata.get("outcome") == "urgent" else []
    parts.append("\n".join(_lines(_styled(message["text"], bold))))
    if metadata.get("disagreement"):
        parts.append(texts["disagreement"])
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


def _sources(sources: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for source in sources:
        yield _wrap("  - ", ", ".join(filter(None, (source.get("title"), source.get("section")))))


def _wrap(mark: str, text: str) -> str:
    return textwrap.fill(mark + text, WIDTH, subsequent_indent=" " * len(mark), break_on_hyphens=False)
