"""Completion of a computed answer: citations as numbers, what it rests on, and the person's day as the last line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, treatment_of
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX
from assistant.core.aftercare.rules import Rule
from assistant.core.content.citations import SAFETY, cited_ids
from assistant.core.dialogue.evidence import evidence_of

Message = dict[str, Any]
"""Message of the protocol: ``text`` and ``metadata``, optionally ``custom`` and ``buttons``."""


@dataclass(frozen=True)
class Draft:
    """Paragraphs of an answer, with citations by id."""

    paragraphs: Sequence[str]
    rules: Sequence[Rule]
    """Basis of the answer."""
    details: Sequence[str] = ()
    """Paragraphs of what is known beyond the text."""


def complete(draft: Draft, metadata: Mapping[str, Any], person: Person, book: AftercareGuide) -> Message:
    """Return the message of the protocol, with the person's day as the last line of its text."""
    treatment = treatment_of(person, book.wording)
    label = [str(treatment["label"])] if treatment else [book.wording.either_way]
    text = "\n\n".join((*draft.paragraphs, *label))
    evidence = evidence_of(
        text,
        book.content,
        details="\n\n".join(draft.details) or None,
        outcome=str(metadata["outcome"]),
        basis="safety" if _is_common_sense(text) else None,
    )
    about: dict[str, Any] = {"treatment": treatment} if treatment else {}
    if any(rule.id.endswith(ARTICLE_SUFFIX) for rule in draft.rules):
        about["disagreement"] = True  # the clinic's rule is laxer than the articles', and the text says both
    return {"text": evidence.text, "metadata": {**metadata, **evidence.as_metadata(), **about}}


def _is_common_sense(text: str) -> bool:
    """Return whether the text rests on nothing but common sense about safety."""
    return f"[{SAFETY}]" in text and not cited_ids(text)
