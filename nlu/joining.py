"""Whether a message holds several questions, decided from how the whole and its parts were understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nlu.parts import Kind

MOST_QUESTIONS = 3
ABOUT_SYMPTOMS = frozenset({"symptom_report", "urgent"})
WHOLE = -1
"""Stands for the message itself, where only the whole tells the alarm."""
SMALL_TALK = frozenset({"greet", "goodbye", "thanks"})
"""Said beside a question, it is no question of its own."""
EVENT = "weigh_event"
HEALING = frozenset({"downtime", "redness", "timeline"})
FOREIGN = "out_of_scope"
TOLD_MATTERS = frozenset({"human"})
"""Topics of a statement that wants an answer."""


@dataclass(frozen=True)
class Understood:
    """What the pipeline made of a text."""

    topic: str
    confidence: float
    kind: Kind = Kind.CLEAR
    urgent: bool = False
    sure_sign: bool = False
    """Whether an alarm is told by words that leave no doubt."""
    named: Mapping[str, frozenset[str]] | None = None
    """Values of the entities that the topic's answer depends on."""


@dataclass(frozen=True)
class Thresholds:
    """How sure a part must be to be answered beside another."""

    clear: float = 0.5
    beside_sure: float = 0.4
    sure: float = 0.85
    pointing: float = 0.8
    beyond_doubt: float = 0.96
    shared: float = 0.7
    listed: float = 0.6
    told: float = 0.8
    foreign: float = 0.7
    whole: float = 0.8
    beside_alarm: float = 0.5
    aside: float = 0.6

    def of(self, part: Understood, *, beside_sure: bool) -> float:
        """What this part needs; less where the others leave no doubt."""
        needed: float = getattr(self, part.kind.name.lower())
        if beside_sure and part.kind is Kind.CLEAR:
            needed = self.beside_sure
        return max(needed, self.foreign) if part.topic == FOREIGN else needed


def questions(
    whole: Understood, parts: Sequence[Understood], groups: Mapping[str, str], thresholds: Thresholds
) -> list[int]:
    """Which parts are answered, in that order; none where the message is answered as a whole.

    Args:
        groups: the group of each topic.
    """
    parts = [_as_event(part, whole) for part in parts]
    alarming = whole.urgent or any(part.urgent for part in parts)
    chosen = list(_distinct(parts, list(_standing(parts, groups, thresholds))))
    chosen = [n for n in chosen if alarming or parts[n].kind is not Kind.ASIDE]
    # alone, "i have a headache" sounds graver than beside the question that it explains
    urgent = [n for n in chosen if parts[n].urgent and (whole.urgent or parts[n].sure_sign)]
    chosen = [n for n in chosen if n in urgent or not parts[n].urgent]
    if urgent or whole.urgent:
        others = [n for n in chosen if n not in urgent and _may_stand_beside_alarm(parts[n], thresholds)]
        return [*(urgent[:1] or [WHOLE]), *others][:MOST_QUESTIONS] if others or not whole.urgent else []
    if len(chosen) < 2 or _says_something_else(whole, [parts[n] for n in chosen], thresholds):
        return []
    return [WHOLE if parts[n].topic == EVENT else n for n in chosen[:MOST_QUESTIONS]]


def _as_event(part: Understood, whole: Understood) -> Understood:
    """How long it takes to heal, where the message names a day that matters: only the whole has both dates."""
    return replace(part, topic=EVENT) if whole.topic == EVENT and part.topic in HEALING else part


def _may_stand_beside_alarm(part: Understood, thresholds: Thresholds) -> bool:
    return part.confidence >= thresholds.beside_alarm and part.topic not in ABOUT_SYMPTOMS


def _says_something_else(whole: Understood, parts: Sequence[Understood], thresholds: Thresholds) -> bool:
    """Whether the message is sure to be about something that none of its parts is about."""
    return whole.confidence >= thresholds.whole and whole.topic not in {part.topic for part in parts}


def _standing(
    parts: Sequence[Understood], groups: Mapping[str, str], thresholds: Thresholds
) -> Iterator[int]:
    """Parts that are understood without the others."""
    for number, part in enumerate(parts):
        others = [other for other in parts if other is not part and other.kind is Kind.CLEAR]
        beside_sure = bool(others) and all(other.confidence >= thresholds.sure for other in others)
        sure = (
            part.confidence >= thresholds.of(part, beside_sure=beside_sure) and part.topic not in SMALL_TALK
        )
        if part.urgent or (sure and _may_stand(parts, number, groups, thresholds)):
            yield number


def _may_stand(
    parts: Sequence[Understood], number: int, groups: Mapping[str, str], thresholds: Thresholds
) -> bool:
    part = parts[number]
    if part.kind is Kind.TOLD:
        return part.topic in TOLD_MATTERS
    if part.kind is Kind.POINTING:
        return (
            number == 0
            or part.confidence >= thresholds.beyond_doubt
            or _same_group(parts[number - 1], part, groups)
        )
    others = [other for other in parts if other.topic != part.topic]
    return part.kind is not Kind.LISTED or not any(_same_group(other, part, groups) for other in others)


def _same_group(one: Understood, other: Understood, groups: Mapping[str, str]) -> bool:
    return groups.get(one.topic) == groups.get(other.topic)


def _distinct(parts: Sequence[Understood], numbers: Sequence[int]) -> Iterator[int]:
    """Each topic once, unless another value of what its answer depends on is named."""
    seen: list[tuple[str, Mapping[str, frozenset[str]]]] = []
    for number in numbers:
        key = (parts[number].topic, parts[number].named or {})
        if not any(_covers(other, key) for other in seen):
            seen.append(key)
            yield number


def _covers(
    said: tuple[str, Mapping[str, frozenset[str]]], key: tuple[str, Mapping[str, frozenset[str]]]
) -> bool:
    return said[0] == key[0] and (said[1] == key[1] or not any(key[1].values()))
