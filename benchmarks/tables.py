"""Markdown tables for results.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table whose first column is text and whose others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def yes_or_no(reached: bool) -> str:
    """Format whether a target was reached."""
    return "yes" if reached else "**no**"


def megabytes(count: float) -> str:
    """Format bytes in millions."""
    return f"{count / 1e6:,.0f} MB"
