"""Checks of the list of articles: ``data/articles.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import given_twice


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and sections, and sections that neither a fact nor an omission refers to."""
    path = material.path("data", "articles.yml")
    yield from given_twice(path, "article", (article.id for article in material.articles))
    for article in material.articles:
        yield from given_twice(path, f"article {article.id}, section", article.sections)
    yield from _unread_sections(material, path)


def _unread_sections(material: ProjectContent, path: str) -> Iterator[Issue]:
    if not material.is_whole("fact", "left out"):
        return
    read = {(fact.entry.article, fact.entry.section) for fact in material.facts}
    read |= {(place.article, place.section) for fact in material.facts for place in fact.entry.also}
    read |= {(claim.article, claim.section) for claim in material.left_out}
    for article in material.articles:
        for section in article.sections:
            if (article.id, section) not in read:
                yield Issue(
                    path,
                    f"article {article.id}, section {section}: nothing in it became a fact or was left out",
                    expected="a fact in data/facts or a claim in data/facts/left_out.yml",
                )
