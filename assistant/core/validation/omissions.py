"""Checks of the claims left out: ``data/facts/left_out.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.articles import LeftOut
from assistant.core.content.issues import Issue
from assistant.core.validation.facts import unknown_section
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import unknown_facts


def find_faults(material: ProjectContent) -> Iterator[Issue]:
    """Yield unknown articles and sections, and duplicates of unknown facts."""
    path = material.path("data", "facts", "left_out.yml")
    for number, claim in enumerate(material.left_out, start=1):
        place = f"left_out {number}"
        yield from unknown_section(material, path, place, claim.article, claim.section)
        yield from _reason(material, path, place, claim)


def _reason(material: ProjectContent, path: str, place: str, claim: LeftOut) -> Iterator[Issue]:
    is_duplicate = claim.reason == "duplicate"
    if is_duplicate and not claim.duplicate_of:
        yield Issue(path, f"{place}: does not say which fact it duplicates", expected="duplicate_of: …")
    elif claim.duplicate_of and not is_duplicate:
        yield Issue(
            path, f"{place}: names a fact but is no duplicate", got=claim.reason, expected="reason: duplicate"
        )
    elif claim.duplicate_of:
        yield from unknown_facts(material, path, place, [claim.duplicate_of])
