"""The personal timeline as a message: the card of the protocol, and a text that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from knowledge.aftercare.answering import Message
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person, paragraphs, say_moment, say_treatment
from knowledge.aftercare.steps import Step, steps

TOPIC = "timeline"


def tell_timeline(person: Person, book: Handbook) -> Message:
    """Past, present and coming steps with their dates; before the treatment, a countdown.

    Raises:
        ValueError: the treatment is not known.
    """
    lines = person_steps(person, book)
    text = paragraphs(
        [say_treatment(person, book.wording)],
        *([say_section(state, lines, person, book)] for state in ("now", "upcoming", "past")),
        [book.wording.timeline_after],
    )
    return {"text": text, "custom": _card(person, lines), "metadata": metadata_of(TOPIC, lines, book)}


def person_steps(person: Person, book: Handbook) -> list[Step]:
    """The steps of this person's timeline.

    Raises:
        ValueError: the treatment is not known.
    """
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    return steps(between[1], person.now, book.aftercare, between[0])


def say_section(state: str, lines: Sequence[Step], person: Person, book: Handbook) -> str | None:
    """The steps of one state; those that begin or end together share a line.

    What is over says until when it was, so that "no make-up" does not read as if it still held.
    """
    together: dict[datetime | None, list[Step]] = {}
    for line in lines:
        if line.state == state:
            moment = line.starts_at if state == "upcoming" else line.ends_at
            together.setdefault(moment, []).append(line)
    heading: str = getattr(book.wording, f"timeline_{state}")
    ordered = sorted(together.items(), key=lambda entry: (entry[0] is None, entry[0]))
    shown = [_line(moment, own, person, book) for moment, own in ordered]
    return "\n".join([heading, *shown]) if shown else None


def _line(moment: datetime | None, own: Sequence[Step], person: Person, book: Handbook) -> str:
    words, titles = book.wording, "; ".join(line.title for line in own)
    if moment is None:
        return words.line.format(titles=titles)
    line = words.line_from if own[0].state == "upcoming" else words.line_until
    return line.format(titles=titles, moment=say_moment(moment, person, words))


def _card(person: Person, lines: Sequence[Step]) -> dict[str, Any]:
    treated_at = person.treated_at
    return {
        "type": "timeline",
        "treated_at": treated_at and treated_at.isoformat(),
        "timezone": person.zone.key,
        "steps": [line.as_card() for line in lines],
    }


def metadata_of(topic: str, lines: Sequence[Step], book: Handbook) -> dict[str, Any]:
    """The metadata of an answer that is made of these steps."""
    rules = {rule.id: rule for rule in (*book.aftercare.rules, *book.aftercare.behind.values())}
    sources = [dict(source) for line in lines for source in line.sources]
    metadata: dict[str, Any] = {
        "topic": topic,
        "outcome": "answered",
        "sources": [source for n, source in enumerate(sources) if source not in sources[:n]],
    }
    differ = any(rules[line.id].disagreement or line.id in book.aftercare.behind for line in lines)
    return metadata | ({"disagreement": True} if differ else {})
