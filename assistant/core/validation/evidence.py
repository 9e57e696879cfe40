"""Checks that facts support every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.core.content.articles import Fact
from assistant.core.content.issues import Issue
from assistant.core.validation.disagreements import untold_disagreements
from assistant.core.validation.project_content import Answer, ProjectContent

NEED_FACTS = frozenset({"answered", "not_covered"})
"""Outcomes that cite the articles; ``not_covered`` names related content, which is based on facts, too."""


def find_faults(material: ProjectContent) -> Iterator[Issue]:
    """Yield answers without facts, hidden or one-sided disagreements, and gaps presented as answers."""
    facts = {fact.entry.id: fact.entry for fact in material.facts}
    for answer in material.answers:
        yield from _uncarried(answer)
        yield from _one_sided(answer)
        yield from _hidden(answer, facts)
        yield from _untold_gap(material, answer)


def _uncarried(answer: Answer) -> Iterator[Issue]:
    metadata = answer.response.metadata
    if metadata.outcome in NEED_FACTS and not metadata.facts:
        yield Issue(str(answer.path), f"{answer.place}: no fact carries it", expected="facts: [...]")


def _one_sided(answer: Answer) -> Iterator[Issue]:
    # whether articles contradict each other or themselves, there are two facts
    facts = set(answer.response.metadata.facts)
    if answer.response.metadata.disagreement and len(facts) < 2:
        yield Issue(
            str(answer.path),
            f"{answer.place}: says that the articles disagree, but rests on one side only",
            got=", ".join(sorted(facts)) or "no facts",
            expected="the facts of both sides",
        )


def _hidden(answer: Answer, facts: Mapping[str, Fact]) -> Iterator[Issue]:
    """Yield disagreements that are not stated; ``not_covered`` only names related facts and is exempt."""
    about = answer.response.metadata
    if about.outcome == "answered":
        yield from untold_disagreements(
            str(answer.path), answer.place, about.facts, facts, told=about.disagreement
        )


def _untold_gap(material: ProjectContent, answer: Answer) -> Iterator[Issue]:
    uncovered = {topic.id for topic in material.topics if not topic.covered}
    metadata = answer.response.metadata
    if answer.topic in uncovered and metadata.outcome != "not_covered":
        yield Issue(
            str(answer.path),
            f"{answer.place}: the articles do not cover this topic, and the answer does not say so",
            got=f"outcome {metadata.outcome}",
            expected="not_covered",
        )
    if metadata.outcome == "not_covered" and not metadata.near:
        yield Issue(
            str(answer.path), f"{answer.place}: offers nothing that is covered", expected="near: [...]"
        )
