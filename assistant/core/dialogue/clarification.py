"""Replies to questions that were not understood: the closest facts, or a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.core.content.articles import Fact
from assistant.core.content.content import Content
from assistant.core.dialogue.evidence import evidence_of
from assistant.core.dialogue.follow_up_answers import listed_facts
from assistant.core.protocol import HANDOFF, HUMAN, NONE_OF_THESE, NOT_COVERED


def none_of_these(content: Content) -> dict[str, str]:
    """Return the button that declines every choice."""
    return {"title": content.clarification.none_of_these, "payload": f"/{NONE_OF_THESE}"}


def closest(fact_ids: Sequence[str], content: Content) -> dict[str, Any] | None:
    """Return the closest facts, marked as such; ``None`` if there are none."""
    facts = _known(fact_ids, content)
    if not facts:
        return None
    evidence = evidence_of(listed_facts(facts), content, outcome=NOT_COVERED)
    metadata = {"topic": facts[0].topic, "outcome": NOT_COVERED, **evidence.as_metadata()}
    text = content.clarification.closest.format(list=evidence.text)
    topics = dict.fromkeys([*(fact.topic for fact in facts), HUMAN])
    return {"text": text, "metadata": metadata, "buttons": _buttons(list(topics), content)}


def still_unclear(fact_ids: Sequence[str], content: Content) -> dict[str, Any]:
    """Return the reply to a second failure: handoff to a person, with the closest facts."""
    text = content.clarification.still_unclear.replace(
        "{clinic_contact}", content.placeholders["clinic_contact"]
    )
    metadata: dict[str, Any] = {"topic": HUMAN, "outcome": HANDOFF}
    facts = _known(fact_ids, content)
    if facts:
        evidence = evidence_of(listed_facts(facts), content, outcome=HANDOFF)
        text += "\n\n" + content.clarification.still_unclear_closest.format(list=evidence.text)
        metadata |= evidence.as_metadata()
    return {"text": text, "metadata": metadata, "buttons": _buttons([HUMAN], content)}


def _known(fact_ids: Sequence[str], content: Content) -> list[Fact]:
    return [content.facts[name] for name in fact_ids if name in content.facts]


def _buttons(topics: Sequence[str], content: Content) -> list[dict[str, str]]:
    return [
        {"title": content.topics[name].label, "payload": f"/{name}"}
        for name in topics
        if name in content.topics
    ]
