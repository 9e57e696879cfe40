"""The personal timeline: past, current and coming steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, say_moment, say_treatment
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, Rulebook
from assistant.core.aftercare.rules import Kind, Rule
from assistant.core.aftercare.timing_answer import Message
from assistant.core.aftercare.windows import State, Window, window
from assistant.core.content.articles import Source
from assistant.core.protocol import TIMELINE

GROUPS: dict[Kind, str] = {"avoid": "avoid", "do": "do", "ask": "do", "next": "do", "expect": "normal"}
"""Group of the timeline card by kind of rule."""


@dataclass(frozen=True)
class Step:
    """A step of the timeline; datetimes are in the zone of the treatment."""

    id: str
    title: str
    detail: str
    ask: str | None
    """Advice on what the articles leave open."""
    kind: Kind
    strictness: str
    starts_at: datetime | None
    """``None`` if no article gives a start."""
    ends_at: datetime | None
    """Exclusive; ``None`` if no article gives an end."""
    state: State
    sources: Sequence[Source]
    is_fine_after: bool = False
    """True if it is fine after the window, rather than a question for the professional."""

    def is_fine_from_end(self, treated_at: datetime) -> bool:
        """Return whether something becomes fine when the step ends; nothing does because the treatment begins."""
        is_later = self.ends_at is not None and in_utc(self.ends_at) > in_utc(treated_at)
        return self.kind == "avoid" and self.is_fine_after and is_later

    def as_card(self) -> dict[str, Any]:
        """Return the step for the protocol's timeline card; without an end, the detail includes what to ask."""
        return {
            "id": self.id,
            "group": GROUPS[self.kind],
            "title": self.title,
            "detail": self.detail if self.ends_at or not self.ask else f"{self.detail} {self.ask}",
            "starts_at": self.starts_at and self.starts_at.isoformat(),
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "state": self.state,
            "sources": list(self.sources),
        }


def steps(
    treated_at: datetime, now: datetime, aftercare: Rulebook, earliest: datetime | None = None
) -> list[Step]:
    """Return the timeline of one treatment in chronological order; a countdown while the treatment is to come.

    Preparations are left out once the treatment is past. If the hour of the treatment is unknown, pass its last
    possible datetime, and its first one as ``earliest``, from which preparations are counted.
    """
    begins = {"before": earliest or treated_at, "after": treated_at}
    placed = [
        (rule, window(rule, begins[rule.direction]))
        for rule in aftercare.in_force(treated_at)
        if rule.direction != "any" and rule.in_timeline
    ]
    placed = [(rule, own) for rule, own in placed if not _is_over_with(rule, treated_at, now)]
    placed.sort(key=lambda place: (place[1].start is not None, place[1].start))
    return [_line(rule, own, treated_at, now, aftercare) for rule, own in placed]


def _line(rule: Rule, own: Window, treated_at: datetime, now: datetime, aftercare: Rulebook) -> Step:
    """Return the rule's step, or the one that follows it once its window is over."""
    if rule.later is None or own.state(in_utc(now)) != "past":
        return step(rule, own, treated_at, now, aftercare)
    left = step(rule, Window(own.end, None), treated_at, now, aftercare)
    return replace(left, title=rule.later)


def _is_over_with(rule: Rule, treated_at: datetime, now: datetime) -> bool:
    """Return whether the rule is a preparation for a past treatment."""
    return rule.direction == "before" and in_utc(now) >= in_utc(treated_at)


def step(rule: Rule, own: Window, treated_at: datetime, now: datetime, aftercare: Rulebook) -> Step:
    """Return the rule as a step of the timeline."""
    zone = treated_at.tzinfo
    return Step(
        id=rule.id,
        title=rule.title,
        detail=rule.detail,
        ask=rule.ask,
        kind=rule.kind,
        strictness=rule.strictness,
        starts_at=own.start and own.start.astimezone(zone),
        ends_at=own.end and own.end.astimezone(zone),
        state=own.state(in_utc(now)),
        sources=aftercare.sources[rule.id],
        is_fine_after=rule.otherwise == "ok",
    )


def tell_timeline(person: Person, book: AftercareGuide) -> Message:
    """Return past, current and coming steps with their dates; before the treatment, a countdown.

    Raises:
        ValueError: the treatment is not known.
    """
    lines = person_steps(person, book)
    text = paragraphs(
        [say_treatment(person, book.wording)],
        *([say_section(state, lines, person, book)] for state in ("now", "upcoming", "past")),
        [book.wording.timeline_after],
    )
    return {
        "text": text,
        "custom": _card(person, lines, book),
        "metadata": metadata_of(TIMELINE, lines, book),
    }


def person_steps(person: Person, book: AftercareGuide) -> list[Step]:
    """Return the steps of this person's timeline.

    Raises:
        ValueError: the treatment is not known.
    """
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    return steps(between[1], person.now, book.aftercare, between[0])


def say_section(state: str, lines: Sequence[Step], person: Person, book: AftercareGuide) -> str | None:
    """Return the steps of one state as text; those that begin or end together share a line.

    Past steps state until when they held, so that "no make-up" does not read as still in force.
    """
    together: dict[datetime | None, list[Step]] = {}
    for line in lines:
        if line.state == state:
            moment = line.starts_at if state == "upcoming" else line.ends_at
            together.setdefault(moment, []).append(line)
    heading: str = getattr(book.wording, f"timeline_{state}")
    ordered = sorted(together.items(), key=lambda entry: (entry[0] is None, entry[0]))
    shown = [_timeline_line(moment, own, person, book) for moment, own in ordered]
    return "\n".join([heading, *shown]) if shown else None


def _timeline_line(moment: datetime | None, own: Sequence[Step], person: Person, book: AftercareGuide) -> str:
    words, titles = book.wording, "; ".join(line.title for line in own)
    if moment is None:
        return words.line.format(titles=titles)
    line = words.line_from if own[0].state == "upcoming" else words.line_until
    return line.format(titles=titles, moment=say_moment(moment, person, words))


def _card(person: Person, lines: Sequence[Step], book: AftercareGuide) -> dict[str, Any]:
    treated_at = person.treated_at
    ends = book.aftercare.calendar.ends
    return {
        "type": "timeline",
        "treated_at": treated_at and treated_at.isoformat(),
        "timezone": person.zone.key,
        "steps": [{**line.as_card(), **_over(line, lines, treated_at, ends)} for line in lines],
    }


def _over(line: Step, lines: Sequence[Step], treated_at: datetime | None, text: str) -> dict[str, str]:
    """Return `over`, the sentence for when something is fine again; only the stricter one of two rules has it."""
    has_article = f"{line.id}{ARTICLE_SUFFIX}" in {other.id for other in lines}
    is_told = treated_at is not None and line.is_fine_from_end(treated_at) and not has_article
    return {"over": text.format(title=line.title)} if is_told else {}


def metadata_of(topic: str, lines: Sequence[Step], book: AftercareGuide) -> dict[str, Any]:
    """Return the metadata of an answer that consists of these steps."""
    rules = {rule.id: rule for rule in (*book.aftercare.rules, *book.aftercare.behind.values())}
    sources = [dict(source) for line in lines for source in line.sources]
    metadata: dict[str, Any] = {
        "topic": topic,
        "outcome": "answered",
        "sources": [source for n, source in enumerate(sources) if source not in sources[:n]],
    }
    differ = any(rules[line.id].disagreement or line.id in book.aftercare.behind for line in lines)
    return metadata | ({"disagreement": True} if differ else {})
