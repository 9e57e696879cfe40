"""Checks that facts support every answer, and that its citations can be shown as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.content.citations import cited_ids
from assistant.core.content.issues import Issue
from assistant.core.protocol import ANSWERED, NOT_COVERED, is_clinics
from assistant.core.validation.project_content import Answer, ProjectContent

NEED_FACTS = frozenset({ANSWERED, NOT_COVERED})
"""Outcomes that cite the articles; ``not_covered`` names related content, which is based on facts, too."""

_BRACKETS = re.compile(r"\[[^\]]*\]?(?!\()")


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield answers without facts, brackets that cite nothing, and gaps presented as answers."""
    for answer in material.answers:
        yield from _uncarried(answer)
        yield from _wrong_basis(answer)
        yield from _miscited(answer)
        yield from _untold_gap(material, answer)


def _uncarried(answer: Answer) -> Iterator[Issue]:
    metadata = answer.response.metadata
    if metadata.outcome in NEED_FACTS and metadata.basis is None and not answer.response.facts:
        expected = "[id-of-a-fact] behind what it says, or basis: safety"
        yield Issue(str(answer.path), f"{answer.place}: cites no fact", expected=expected)


def _wrong_basis(answer: Answer) -> Iterator[Issue]:
    basis, place = answer.response.metadata.basis, f"{answer.place}: basis"
    if basis in ("sources", "clinic"):
        yield Issue(str(answer.path), f"{place} follows from what it cites", basis, "no basis, or safety")
    if basis == "safety" and answer.response.facts:
        expected = "no basis, and [safety] behind the sentences that are common sense"
        yield Issue(str(answer.path), f"{place} is common sense, and it cites facts", expected=expected)


def _miscited(answer: Answer) -> Iterator[Issue]:
    for text in answer.texts:
        for bracket in _BRACKETS.findall(text):
            names = cited_ids(bracket)
            if any(map(is_clinics, names)):
                problem = f"{answer.place}: cites the clinic, whose instructions stand in its own files"
                yield Issue(str(answer.path), problem, got=bracket)
            elif not names and bracket != "[safety]":
                expected = "[id-of-a-fact] or [id, id]; numbers are put in by the program"
                yield Issue(str(answer.path), f"{answer.place}: is no citation", bracket, expected)


def _untold_gap(material: ProjectContent, answer: Answer) -> Iterator[Issue]:
    uncovered = {topic.id for topic in material.topics if not topic.covered}
    metadata = answer.response.metadata
    if answer.topic in uncovered and metadata.outcome != NOT_COVERED:
        yield Issue(
            str(answer.path),
            f"{answer.place}: the articles do not cover this topic, and the answer does not say so",
            got=f"outcome {metadata.outcome}",
            expected=NOT_COVERED,
        )
    if metadata.outcome == NOT_COVERED and not metadata.near:
        yield Issue(
            str(answer.path), f"{answer.place}: offers nothing that is covered", expected="near: [...]"
        )
