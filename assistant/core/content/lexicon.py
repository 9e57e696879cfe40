"""Terms for the values of entities: concerns, conditions, products and others."""

from __future__ import annotations

from pathlib import Path

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_records


class Entry(Record):
    """One value of an entity, with its terms."""

    id: str
    label: str
    """Name of the value in answers."""
    terms: tuple[str, ...]
    covered: bool = True
    """True if the articles mention it."""


Lexicon = dict[str, dict[str, Entry]]
"""Entries by entity and by value."""


def lexicon_files(data: Path) -> list[Path]:
    """Return the files of the lexicon, sorted."""
    return sorted((data / LANGUAGE / "lexicon").glob("*.yml"))


def load_lexicon(data: Path) -> Lexicon:
    """Load ``data/en/lexicon``; the name of a file is that of its entity."""
    return {
        path.stem: {entry.id: entry for entry in read_records(path, "lexicon", Entry)}
        for path in lexicon_files(data)
    }
