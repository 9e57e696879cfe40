"""Shared checks for unknown references and duplicate names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from assistant.core.content.issues import Issue, nearest
from assistant.core.validation.project_content import ProjectContent


def unknown_topics(material: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids missing from ``data/topics.yml``."""
    if material.is_whole("topic"):
        yield from unknown(path, place, "topic", ids, [topic.id for topic in material.topics])


def unknown_intents(material: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids that are neither a topic nor another intent of ``data/topics.yml``."""
    others = {intent.id for intent in material.intents}
    yield from unknown_topics(material, path, place, [name for name in ids if name not in others])


def unknown_facts(material: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids missing from ``data/facts``."""
    if material.is_whole("fact"):
        yield from unknown(path, place, "fact", ids, [fact.entry.id for fact in material.facts])


def unknown(
    path: str, place: str, kind: str, ids: Iterable[str], known: Collection[str], *, where: str = ""
) -> Iterator[Issue]:
    """Yield unknown ids, with the most likely correct one, or else the file that defines them."""
    for wrong in ids:
        if wrong not in known:
            expected = nearest(wrong, known) or (f"an id of {where}" if where else None)
            yield Issue(path, f"{place}: unknown {kind}", got=wrong, expected=expected)


def given_twice(path: str, kind: str, names: Iterable[str]) -> Iterator[Issue]:
    """Yield duplicate names, each reported once."""
    seen: set[str] = set()
    reported: set[str] = set()
    for name in names:
        if name in seen and name not in reported:
            reported.add(name)
            yield Issue(path, f"{kind} {name}: given twice")
        seen.add(name)
