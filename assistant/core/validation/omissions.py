"""Checks of the claims left out: ``data/facts/left_out.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.validation.facts import unknown_section
from assistant.core.validation.project_content import ProjectContent


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield unknown articles and sections."""
    path = material.path("data", "facts", "left_out.yml")
    for number, claim in enumerate(material.left_out, start=1):
        yield from unknown_section(material, path, f"left_out {number}", claim.article, claim.section)
