"""Evidence of an answer: its citations as numbers, its sources, and the positions where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.core.content.articles import Fact, Source
from assistant.core.content.citations import Bibliography, cited_facts, cited_ids
from assistant.core.content.content import Content
from assistant.core.content.responses import Basis
from assistant.core.protocol import ANSWERED, is_clinics

Position = dict[str, Any]
"""One side of a disagreement: ``{"text", "sources"}``, its sources by number."""
CONTESTABLE = frozenset({ANSWERED})
"""Outcomes that show disagreements; others name facts only as neighbours of what was asked."""


@dataclass(frozen=True)
class Evidence:
    """Text and details as people read them, and what they rest on."""

    text: str
    details: str | None
    facts: tuple[str, ...]
    """Ids of the cited facts."""
    sources: Sequence[Source]
    positions: Sequence[Position]
    basis: Basis | None

    def as_metadata(self) -> dict[str, Any]:
        """Return the keys of the protocol's metadata that have a value."""
        metadata = {
            "sources": list(self.sources),
            "details": self.details,
            "positions": list(self.positions),
            "disagreement": bool(self.positions),
            "basis": self.basis,
        }
        return {key: value for key, value in metadata.items() if value}


def evidence_of(
    text: str,
    content: Content,
    *,
    details: str | None = None,
    basis: Basis | None = None,
    outcome: str = ANSWERED,
) -> Evidence:
    """Return the answer with its citations as numbers of its sources.

    Args:
        text: with citations by id, as in the data.
        content: facts and articles that are cited.
        details: likewise; their sources come after those of the text.
        basis: what the answer rests on if it cites nothing.
        outcome: outcome of the answer, on which it depends whether disagreements are shown.
    """
    bibliography = Bibliography(content.facts, content.articles, content.instructions)
    names = cited_ids(text, details)
    facts = cited_facts(text, details)
    contested = facts if outcome in CONTESTABLE else ()
    return Evidence(
        text=bibliography.render(text),
        details=bibliography.render(details) if details else None,
        facts=facts,
        positions=positions_of(contested, content.facts, bibliography),
        sources=bibliography.sources,
        basis=basis or _basis(names),
    )


def positions_of(
    fact_ids: Iterable[str], facts: Mapping[str, Fact], bibliography: Bibliography
) -> list[Position]:
    """Return what the sources say where the facts are contested, the other side included; empty if they are not."""
    sides: dict[str, None] = {}
    for name in fact_ids:
        if facts[name].conflicts_with:
            sides.update(dict.fromkeys((name, *facts[name].conflicts_with)))
    return [{"text": facts[name].statement, "sources": [bibliography.number(name)]} for name in sides]


def _basis(names: Sequence[str]) -> Basis | None:
    if not names:
        return None
    return "clinic" if is_clinics(names[0]) else "sources"
