"""Checks of the terms of entities: ``data/en/lexicon``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.content.language import LANGUAGE
from assistant.core.content.lexicon import Entry
from assistant.core.validation.entity_values import ALARM
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.references import given_twice, unknown


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and terms, terms not in lower case, files without an entity and entities without a file."""
    yield from _missing(material)
    for file in material.lexicon:
        path = str(file.path)
        yield from given_twice(path, "id", (entry.id for entry in file.entry))
        yield from given_twice(
            path, "term", (term.casefold() for entry in file.entry for term in entry.terms)
        )
        yield from _term_issues(file)
        if material.is_whole("domain"):
            yield from unknown(path, "the file's name", "entity", [file.path.stem], material.domain.entities)


def _missing(material: ProjectContent) -> Iterator[Issue]:
    present = {file.path.stem for file in material.lexicon}
    wanted = dict.fromkeys(
        entity for topic in material.topics for entity in topic.entities if entity != ALARM
    )
    for entity in wanted if material.is_whole("lexicon") else ():
        if entity not in present:
            yield Issue(
                material.path("data", LANGUAGE, "lexicon", f"{entity}.yml"),
                "is missing",
                expected=f"words for {entity}s",
            )


def _term_issues(file: Placed[list[Entry]]) -> Iterator[Issue]:
    for entry in file.entry:
        if not entry.terms:
            yield Issue(str(file.path), f"id {entry.id}: has no terms", expected="terms: [...]")
        for term in entry.terms:
            if term != term.lower():
                yield Issue(
                    str(file.path),
                    f"id {entry.id}: a term is not in lower case",
                    got=term,
                    expected=term.lower(),
                )
