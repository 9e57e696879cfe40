"""Checks that texts with a contested fact state the disagreement and cite the other side, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.core.content.articles import Fact
from assistant.core.content.issues import Issue


def untold_disagreements(
    path: str, place: str, fact_ids: Sequence[str], facts: Mapping[str, Fact], *, told: bool
) -> Iterator[Issue]:
    """Yield contested facts if the disagreement is not stated (``told``) or no contradicting fact is cited."""
    for fact in (facts[name] for name in fact_ids if name in facts and facts[name].conflicts_with):
        if set(fact.conflicts_with).isdisjoint(fact_ids):
            problem = f"{place}: states what another fact contradicts, and does not rest on that one too"
            yield Issue(path, problem, got=fact.id, expected=" or ".join(fact.conflicts_with))
        elif not told:
            problem = f"{place}: states what another fact contradicts, and does not say so"
            yield Issue(path, problem, got=fact.id, expected="disagreement: true")
