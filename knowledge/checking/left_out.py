"""Checks of what was not taken from the articles: ``data/facts/left_out.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.articles import LeftOut
from knowledge.checking.facts import unknown_section
from knowledge.checking.material import Material
from knowledge.checking.references import unknown_facts
from knowledge.faults import Fault


def find_faults(material: Material) -> Iterator[Fault]:
    """Unknown articles and sections, duplicates of nothing."""
    path = material.path("data", "facts", "left_out.yml")
    for number, claim in enumerate(material.left_out, start=1):
        place = f"left_out {number}"
        yield from unknown_section(material, path, place, claim.article, claim.section)
        yield from _reason(material, path, place, claim)


def _reason(material: Material, path: str, place: str, claim: LeftOut) -> Iterator[Fault]:
    is_duplicate = claim.reason == "duplicate"
    if is_duplicate and not claim.duplicate_of:
        yield Fault(path, f"{place}: does not say which fact it duplicates", expected="duplicate_of: …")
    elif claim.duplicate_of and not is_duplicate:
        yield Fault(
            path, f"{place}: names a fact but is no duplicate", got=claim.reason, expected="reason: duplicate"
        )
    elif claim.duplicate_of:
        yield from unknown_facts(material, path, place, [claim.duplicate_of])
