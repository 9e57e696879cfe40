"""Steps of the personal timeline: past, current and coming, in groups of what to avoid, to do, and to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, Rulebook
from assistant.core.aftercare.rules import Kind, Rule, State, Window, is_shown, window
from assistant.core.content.articles import Source
from assistant.core.content.citations import without_citations

Group = Literal["avoid", "do", "normal"]
_BY_KIND: dict[Kind, Group] = {"avoid": "avoid", "do": "do", "ask": "do", "next": "do", "expect": "normal"}


@dataclass(frozen=True)
class Step:
    """A step of the timeline; datetimes are in the zone of the treatment."""

    rule: Rule
    title: str
    over: str
    """Title once the window is over, which does not read as a ban."""
    starts_at: datetime | None
    """``None`` if no article gives a start."""
    ends_at: datetime | None
    """Exclusive; ``None`` if no article gives an end."""
    state: State
    sources: Sequence[Source]
    is_fine_after: bool
    """True if it is fine after the window, rather than a question for the professional."""

    @property
    def id(self) -> str:
        """Id of its rule."""
        return self.rule.id

    @property
    def group(self) -> Group:
        """Group of the timeline; what was to be avoided is normal again once it is over."""
        return "normal" if self.state == "past" else _BY_KIND[self.rule.kind]

    @property
    def is_fine_from_end(self) -> bool:
        """True if something becomes fine when it ends; nothing does because a treatment begins."""
        is_later = self.ends_at is not None and self.rule.direction == "after"
        return self.rule.kind == "avoid" and self.is_fine_after and is_later

    @property
    def shown(self) -> str:
        """Title for its present state."""
        return self.over if self.state == "past" else self.title

    @property
    def detail(self) -> str:
        """Return what to do, and why, without citations."""
        said = (self.rule.caution, self.rule.detail)
        return without_citations(" ".join(part for part in said if part))

    @property
    def ask(self) -> str | None:
        """Return what the articles leave open, without citations."""
        return without_citations(self.rule.ask) if self.rule.ask else None

    @property
    def _card_detail(self) -> str:
        """Return the text of the card; of what is over, only what to do if it is not."""
        if self.state == "past":
            return self.ask or "" if self.rule.kind == "expect" else ""
        return self.detail if self.ends_at or not self.ask else f"{self.detail} {self.ask}"

    def as_card(self) -> dict[str, Any]:
        """Return the step for the timeline card; ``over`` is its title for when something is fine again."""
        card: dict[str, Any] = {
            "id": self.id,
            "title": self.shown,
            "detail": self._card_detail,
            "group": self.group,
            "starts_at": self.starts_at and self.starts_at.isoformat(),
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "state": self.state,
            "sources": list(self.sources),
        }
        return card | ({"over": self.over} if self.is_fine_from_end else {})


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
    lines = [_line(rule, own, treated_at, now, aftercare) for rule, own in placed]
    return [line for each in lines if (line := _beside_the_others(each, lines)) is not None]


def _beside_the_others(line: Step, lines: Sequence[Step]) -> Step | None:
    """Return the step beside the one for the same thing, the clinic's or the article's: only the longer one ends it."""
    name = line.id.removesuffix(ARTICLE_SUFFIX)
    others = [other for other in lines if other is not line and other.id.removesuffix(ARTICLE_SUFFIX) == name]
    if not any(_lasts_longer(other, line) for other in others):
        return line
    return None if line.state == "past" else replace(line, is_fine_after=False)


def _lasts_longer(other: Step, line: Step) -> bool:
    if line.ends_at is None or other.ends_at is None:
        return line.ends_at is not None
    return in_utc(other.ends_at) > in_utc(line.ends_at)


def _line(rule: Rule, own: Window, treated_at: datetime, now: datetime, aftercare: Rulebook) -> Step:
    """Return the rule's step, or the one that follows it once its window is over."""
    if rule.kind == "next":
        own = Window(own.start, own.start)  # the wait is over as soon as the first possible day comes
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
        rule=rule,
        title=rule.title,
        over=aftercare.over(rule),
        starts_at=own.start and own.start.astimezone(zone),
        ends_at=own.end and own.end.astimezone(zone),
        state=own.state(in_utc(now)),
        sources=aftercare.sources[rule.id],
        is_fine_after=rule.otherwise == "ok",
    )


def person_steps(person: Person, book: AftercareGuide) -> list[Step]:
    """Return the steps of this person's timeline.

    Raises:
        ValueError: the treatment is not known.
    """
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    found = steps(between[1], person.now, book.aftercare, between[0])
    return [line for line in found if is_shown(line.rule, between[1], in_utc(person.now))]
