"""Checks of the facts: ``data/facts``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.core.content.articles import Fact
from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.references import unknown, unknown_facts, unknown_topics


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids, unknown topics and sections, and facts that are in the wrong file or unused."""
    yield from _given_twice(material)
    for fact in material.facts:
        path, place = str(fact.path), f"fact {fact.entry.id}"
        yield from unknown_topics(material, path, place, [fact.entry.topic])
        yield from unknown_section(material, path, place, fact.entry.article, fact.entry.section)
        for also in fact.entry.also:
            yield from unknown_section(material, path, f"{place}, also", also.article, also.section)
        yield from _misplaced(material, fact)
        yield from unknown_facts(material, path, f"{place}, conflicts_with", fact.entry.conflicts_with)
        if fact.entry.id in fact.entry.conflicts_with:
            yield Issue(path, f"{place}, conflicts_with: contradicts itself")
    yield from _unused(material)


def unknown_section(
    material: ProjectContent, path: str, place: str, article: str, section: str
) -> Iterator[Issue]:
    """Yield an article missing from ``data/articles.yml``, or a section missing from the article."""
    if not material.is_whole("article"):
        return
    sections: dict[str, Sequence[str]] = {entry.id: entry.sections for entry in material.articles}
    if article in sections:
        yield from unknown(path, place, f"section of article {article}", [section], sections[article])
    else:
        yield from unknown(path, place, "article", [article], sections)


def _given_twice(material: ProjectContent) -> Iterator[Issue]:
    first: dict[str, Path] = {}
    for fact in material.facts:
        if fact.entry.id in first:
            elsewhere = f"already in {first[fact.entry.id]}"
            yield Issue(str(fact.path), f"fact {fact.entry.id}: given twice", got=elsewhere)
        first.setdefault(fact.entry.id, fact.path)


def _misplaced(material: ProjectContent, fact: Placed[Fact]) -> Iterator[Issue]:
    group = next((topic.group for topic in material.topics if topic.id == fact.entry.topic), None)
    if group is not None and fact.path.stem != group:
        yield Issue(
            str(fact.path),
            f"fact {fact.entry.id}: its topic {fact.entry.topic} belongs to another group",
            expected=material.path("data", "facts", f"{group}.yml"),
        )


def _unused(material: ProjectContent) -> Iterator[Issue]:
    if not material.is_whole("response"):
        return
    used = {fact for answer in material.answers for fact in answer.response.facts}
    for fact in material.facts:
        if fact.entry.id not in used:
            yield Issue(
                str(fact.path),
                f"fact {fact.entry.id}: nothing uses it",
                expected="a response that cites it, or a claim in data/facts/left_out.yml instead",
            )
