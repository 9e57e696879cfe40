"""The personal timeline: what is past, what counts now and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from knowledge.aftercare.aftercare import Aftercare
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.rules import Kind, Rule
from knowledge.aftercare.windows import State, Window, window
from knowledge.articles import Source


@dataclass(frozen=True)
class Step:
    """One line of the timeline; moments are in the zone of the treatment."""

    id: str
    title: str
    detail: str
    ask: str | None
    """What the articles leave open."""
    kind: Kind
    strictness: str
    starts_at: datetime | None
    """``None`` where no article says since when."""
    ends_at: datetime | None
    """``None`` where no article says until when; the moment itself no longer belongs to the step."""
    state: State
    sources: Sequence[Source]
    is_fine_after: bool = False
    """Whether it is fine once the window is over, and not only a question for the professional."""

    def as_card(self) -> dict[str, Any]:
        """The step as the protocol's timeline card has it; without an end, it says what is to be asked."""
        return {
            "id": self.id,
            "title": self.title,
            "detail": self.detail if self.ends_at or not self.ask else f"{self.detail} {self.ask}",
            "starts_at": self.starts_at and self.starts_at.isoformat(),
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "state": self.state,
            "sources": list(self.sources),
        }


def steps(
    treated_at: datetime, now: datetime, aftercare: Aftercare, earliest: datetime | None = None
) -> list[Step]:
    """The timeline of one treatment, in order of time; a countdown while the treatment is still to come.

    Once the treatment is over, what was to be done before it is left out. Where the hour of the treatment is not
    known, give its last possible moment, and its first as ``earliest``: what is to be done before counts from that.
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


def _line(rule: Rule, own: Window, treated_at: datetime, now: datetime, aftercare: Aftercare) -> Step:
    """The rule's line, or what is left of it once its window is over."""
    if rule.later is None or own.state(in_utc(now)) != "past":
        return step(rule, own, treated_at, now, aftercare)
    left = step(rule, Window(own.end, None), treated_at, now, aftercare)
    return replace(left, title=rule.later)


def _is_over_with(rule: Rule, treated_at: datetime, now: datetime) -> bool:
    """Whether it is a preparation of a treatment that has been."""
    return rule.direction == "before" and in_utc(now) >= in_utc(treated_at)


def step(rule: Rule, own: Window, treated_at: datetime, now: datetime, aftercare: Aftercare) -> Step:
    """The rule as a line of the timeline."""
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
