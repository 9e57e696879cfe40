"""Markdown, as results.md shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The first column holds words, the others figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def yes_or_no(reached: bool) -> str:
    """Whether a target was reached."""
    return "yes" if reached else "**no**"


def megabytes(count: float) -> str:
    """Bytes in millions."""
    return f"{count / 1e6:,.0f} MB"
