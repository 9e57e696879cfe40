"""Checks that the line of a fact stands below the heading of its section, in the texts of the articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.core.content.articles import Article, Fact, Place
from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.text_normalization import canonical

INTRODUCTION = "Introduction"
"""Section that may have no heading of its own."""


def find_issues(material: ProjectContent, folder: Path) -> Iterator[Issue]:
    """Yield facts whose line, or that of another place, is empty or belongs to another section."""
    sections = {article.id: _sections(article, folder) for article in material.articles}
    for fact in material.facts:
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
