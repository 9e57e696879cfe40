"""Whether what somebody notices is what the articles expect on that day. Signs of alarm are looked for elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from knowledge.aftercare.aftercare import Aftercare
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.rules import Rule
from knowledge.aftercare.windows import State, day_after, window
from knowledge.articles import Source

Normal = Literal["expected", "not_expected_any_more", "unknown"]
_BY_STATE: dict[State, Normal] = {"now": "expected", "upcoming": "unknown", "past": "not_expected_any_more"}
_LIKELIEST: tuple[State, ...] = ("now", "upcoming", "past")


@dataclass(frozen=True)
class Expectation:
    """The answer to "is this normal?"; moments are in the zone of the treatment."""

    verdict: Normal
    """``unknown`` also where the articles expect it later than now, and before any treatment."""
    day: int | None = None
    """Which day after the treatment it is, 0 on the day itself."""
    reason: Rule | None = None
    nearest: Sequence[Rule] = ()
    """What comes nearest to a symptom that no rule names."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """With ``starts_at``, when the rule expects it."""
    sources: Sequence[Source] = ()
    disagreement: bool = False


def expected(symptom: str, treated_at: datetime | None, now: datetime, aftercare: Aftercare) -> Expectation:
    """Whether the symptom, an id of data/lexicon/symptom.yml, is expected at this moment.

    Raises:
        ValueError: a moment has no time zone.
    """
    in_utc(now)
    rules = [
        rule for rule in aftercare.in_force(treated_at) if symptom in rule.symptoms and rule.kind == "expect"
    ]
    day = None if treated_at is None else day_after(treated_at, now)
    if not rules:
        near = _nearest(symptom, treated_at, aftercare)
        return Expectation("unknown", day, nearest=near, sources=aftercare.cited(near))
    if treated_at is None:
        return Expectation("unknown", day, rules[0], sources=aftercare.cited(rules))
    states = {rule: _state(rule, treated_at, now, aftercare) for rule in rules}
    reason = min(rules, key=lambda rule: _LIKELIEST.index(states[rule]))
    own, zone = window(reason, treated_at), treated_at.tzinfo
    return Expectation(
        _BY_STATE[states[reason]],
        day,
        reason,
        starts_at=own.start and own.start.astimezone(zone),
        ends_at=own.end and own.end.astimezone(zone),
        sources=aftercare.cited(rules),
        disagreement=any(rule.disagreement or rule in aftercare.behind.values() for rule in rules),
    )


def _nearest(symptom: str, treated_at: datetime | None, aftercare: Aftercare) -> list[Rule]:
    return [rule for rule in aftercare.in_force(treated_at) if symptom in rule.nearest_to.symptoms]


def _state(rule: Rule, treated_at: datetime, now: datetime, aftercare: Aftercare) -> State:
    """Where the rule's window is; of a clinic's rule and the article's behind it, the stricter one counts."""
    pairs = [{rule_id, article.id} for rule_id, article in aftercare.behind.items()]
    pair = next((pair for pair in pairs if rule.id in pair), {rule.id})
    both = [
        window(other, treated_at).state(in_utc(now))
        for other in aftercare.in_force(treated_at)
        if other.id in pair
    ]
    return max(both, key=_LIKELIEST.index)
