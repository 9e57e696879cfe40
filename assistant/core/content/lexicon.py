"""The words by which people name concerns, conditions, products and the like."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.yaml_files import Record, read_records


class Entry(Record):
    """One value of an entity and the words for it."""

    id: str
    label: str
    """How an answer names it."""
    terms: tuple[str, ...]
    covered: bool = True
    """Whether the articles mention it."""


Lexicon = dict[str, dict[str, Entry]]
"""Entries by entity and by value."""


def load_lexicon(data: Path) -> Lexicon:
    """All of ``data/lexicon``; the entity is the file's name."""
    return {
        path.stem: {entry.id: entry for entry in read_records(path, "lexicon", Entry)}
        for path in sorted((data / "lexicon").glob("*.yml"))
    }
