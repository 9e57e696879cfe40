"""Checks of the words for entities: ``data/lexicon``."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checking.entity_values import ALARM
from knowledge.checking.material import Material, Placed
from knowledge.checking.references import given_twice, unknown
from knowledge.faults import Fault
from knowledge.lexicon import Entry


def find_faults(material: Material) -> Iterator[Fault]:
    """Doubled ids and terms, terms not in lower case, files of no entity, entities without a file."""
    yield from _missing(material)
    for file in material.lexicon:
        path = str(file.path)
        yield from given_twice(path, "id", (entry.id for entry in file.entry))
        yield from given_twice(
            path, "term", (term.casefold() for entry in file.entry for term in entry.terms)
        )
        yield from _term_faults(file)
        if material.is_whole("domain"):
            yield from unknown(path, "the file's name", "entity", [file.path.stem], material.domain.entities)


def _missing(material: Material) -> Iterator[Fault]:
    present = {file.path.stem for file in material.lexicon}
    wanted = dict.fromkeys(
        entity for topic in material.topics for entity in topic.entities if entity != ALARM
    )
    for entity in wanted if material.is_whole("lexicon") else ():
        if entity not in present:
            yield Fault(
                material.path("data", "lexicon", f"{entity}.yml"),
                "is missing",
                expected=f"words for {entity}s",
            )


def _term_faults(file: Placed[list[Entry]]) -> Iterator[Fault]:
    for entry in file.entry:
        if not entry.terms:
            yield Fault(str(file.path), f"id {entry.id}: has no terms", expected="terms: [...]")
        for term in entry.terms:
            if term != term.lower():
                yield Fault(
                    str(file.path),
                    f"id {entry.id}: a term is not in lower case",
                    got=term,
                    expected=term.lower(),
                )
