"""Checks of articles, facts and omitted claims: ``data/articles.yml`` and ``data/facts``.

The line of a fact is compared with the texts of the articles, where these are available.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.core.content.articles import Article, Fact, Place
from assistant.core.content.issues import Issue
from assistant.core.validation.comparison import (
    canonical,
    given_twice,
    unknown,
    unknown_facts,
    unknown_topics,
)
from assistant.core.validation.project_content import Placed, ProjectContent

INTRODUCTION = "Introduction"
"""Section that may have no heading of its own."""


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of articles, facts and omitted claims, except those of lines."""
    yield from _article_issues(project)
    yield from _fact_issues(project)
    yield from _omission_issues(project)


def _fact_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids, unknown topics and sections, and facts that are in the wrong file or unused."""
    yield from _given_twice(project)
    for fact in project.facts:
        path, place = str(fact.path), f"fact {fact.entry.id}"
        yield from unknown_topics(project, path, place, [fact.entry.topic])
        yield from unknown_section(project, path, place, fact.entry.article, fact.entry.section)
        for also in fact.entry.also:
            yield from unknown_section(project, path, f"{place}, also", also.article, also.section)
        yield from _misplaced(project, fact)
        yield from unknown_facts(project, path, f"{place}, conflicts_with", fact.entry.conflicts_with)
        if fact.entry.id in fact.entry.conflicts_with:
            yield Issue(path, f"{place}, conflicts_with: contradicts itself")
    yield from _unused(project)


def unknown_section(
    project: ProjectContent, path: str, place: str, article: str, section: str
) -> Iterator[Issue]:
    """Yield an article missing from ``data/articles.yml``, or a section missing from the article."""
    if not project.is_whole("article"):
        return
    sections: dict[str, Sequence[str]] = {entry.id: entry.sections for entry in project.articles}
    if article in sections:
        yield from unknown(path, place, f"section of article {article}", [section], sections[article])
    else:
        yield from unknown(path, place, "article", [article], sections)


def _given_twice(project: ProjectContent) -> Iterator[Issue]:
    first: dict[str, Path] = {}
    for fact in project.facts:
        if fact.entry.id in first:
            elsewhere = f"already in {first[fact.entry.id]}"
            yield Issue(str(fact.path), f"fact {fact.entry.id}: given twice", got=elsewhere)
        first.setdefault(fact.entry.id, fact.path)


def _misplaced(project: ProjectContent, fact: Placed[Fact]) -> Iterator[Issue]:
    group = next((topic.group for topic in project.topics if topic.id == fact.entry.topic), None)
    if group is not None and fact.path.stem != group:
        yield Issue(
            str(fact.path),
            f"fact {fact.entry.id}: its topic {fact.entry.topic} belongs to another group",
            expected=project.path("data", "facts", f"{group}.yml"),
        )


def _unused(project: ProjectContent) -> Iterator[Issue]:
    if not project.is_whole("response"):
        return
    used = {fact for answer in project.answers for fact in answer.response.facts}
    for fact in project.facts:
        if fact.entry.id not in used:
            yield Issue(
                str(fact.path),
                f"fact {fact.entry.id}: nothing uses it",
                expected="a response that cites it, or a claim in data/facts/left_out.yml instead",
            )


def _article_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and sections, and sections that neither a fact nor an omission refers to."""
    path = project.path("data", "articles.yml")
    yield from given_twice(path, "article", (article.id for article in project.articles))
    for article in project.articles:
        yield from given_twice(path, f"article {article.id}, section", article.sections)
    yield from _unread_sections(project, path)


def _unread_sections(project: ProjectContent, path: str) -> Iterator[Issue]:
    if not project.is_whole("fact", "left out"):
        return
    read = {(fact.entry.article, fact.entry.section) for fact in project.facts}
    read |= {(place.article, place.section) for fact in project.facts for place in fact.entry.also}
    read |= {(claim.article, claim.section) for claim in project.left_out}
    for article in project.articles:
        for section in article.sections:
            if (article.id, section) not in read:
                yield Issue(
                    path,
                    f"article {article.id}, section {section}: nothing in it became a fact or was left out",
                    expected="a fact in data/facts or a claim in data/facts/left_out.yml",
                )


def _omission_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield unknown articles and sections."""
    path = project.path("data", "facts", "left_out.yml")
    for number, claim in enumerate(project.left_out, start=1):
        yield from unknown_section(project, path, f"left_out {number}", claim.article, claim.section)


def line_issues(project: ProjectContent, folder: Path) -> Iterator[Issue]:
    """Yield facts whose line, or that of another place, is empty or belongs to another section."""
    sections = {article.id: _sections(article, folder) for article in project.articles}
    for fact in project.facts:
        places: list[Fact | Place] = [fact.entry, *fact.entry.also]
        for place in places:
            lines = sections.get(place.article, {}).get(place.section)
            if lines is not None and place.line not in lines:
                problem = f"fact {fact.entry.id}: line {place.line} of {place.article} is not in its section"
                yield Issue(str(fact.path), problem, place.section, ", ".join(map(str, lines)))


def _sections(article: Article, folder: Path) -> dict[str, list[int]]:
    """Return the lines with text of each section whose heading is found; the file may be missing."""
    path = folder / article.file
    if not path.is_file():
        return {}  # reported with the check against plagiarism
    lines = path.read_text(encoding="utf-8").split("\n")
    headings = {section: _heading(section, lines) for section in article.sections}
    starts = {section: line for section, line in headings.items() if line is not None}
    found: dict[str, list[int]] = {}
    for section, start in starts.items():
        end = min((other for other in starts.values() if other > start), default=len(lines) + 1)
        found[section] = [n for n in range(start + 1, end) if lines[n - 1].strip()]
    return found


def _heading(section: str, lines: Sequence[str]) -> int | None:
    """Return the line of a heading, from 1; 0 for an introduction without one. The last counts: a title may be one."""
    named = [n for n, line in enumerate(lines, start=1) if canonical(line) == canonical(section)]
    nowhere = 0 if section == INTRODUCTION else None
    return named[-1] if named else nowhere
