"""Selects the segments of a message that are answered, from the interpretations of the whole and of each segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.core.protocol import OUT_OF_SCOPE, WEIGH_EVENT

MAX_QUESTIONS = 3
ABOUT_SYMPTOMS = frozenset({"symptom_report", "urgent"})
WHOLE = -1
"""Stands for the whole message if only the whole indicates the alarm."""
SMALL_TALK = frozenset({"greet", "goodbye", "thanks"})
"""Not a question of its own if another one is asked."""
HEALING = frozenset({"downtime", "redness", "timeline"})
ONLY_TOLD = frozenset({OUT_OF_SCOPE, "timeline"})
"""Topics that are not answered for statements: "dermapen 3 days ago. foundation yet?"."""
SURE = 0.5
"""Minimum confidence of a segment to be answered separately."""
SURE_OUT_OF_SCOPE = 0.7
"""Minimum confidence of a segment to be declined as out of scope."""


@dataclass(frozen=True)
class SegmentReading:
    """The pipeline's interpretation of a segment."""

    topic: str
    confidence: float
    urgent: bool = False
    sure_sign: bool = False
    """The wording alone indicates an alarm."""
    asks: bool = True
    """The segment asks something and is not a mere statement."""
    named: Mapping[str, frozenset[str]] | None = None
    """Values of the entities that the topic's answer depends on."""


def select_questions(whole: SegmentReading, parts: Sequence[SegmentReading]) -> list[int]:
    """Return the indices of the segments to answer, in order; empty if the message is answered as a whole."""
    parts = [_as_event(part, whole) for part in parts]
    chosen = list(_distinct(parts, [n for n, part in enumerate(parts) if _stands(part)]))
    # alone, "i have a headache" seems more severe than next to the question that it explains
    urgent = [n for n in chosen if parts[n].urgent and (whole.urgent or parts[n].sure_sign)]
    chosen = [n for n in chosen if n in urgent or not parts[n].urgent]
    if urgent or whole.urgent:
        others = [n for n in chosen if n not in urgent and _may_stand_beside_alarm(parts[n])]
        return [*(urgent[:1] or [WHOLE]), *others][:MAX_QUESTIONS] if others or not whole.urgent else []
    if len(chosen) < 2:
        return []
    return [WHOLE if parts[n].topic == WEIGH_EVENT else n for n in chosen[:MAX_QUESTIONS]]


def _as_event(part: SegmentReading, whole: SegmentReading) -> SegmentReading:
    """Reinterpret a question about healing as one about an event: only the whole message has both dates."""
    return replace(part, topic=WEIGH_EVENT) if whole.topic == WEIGH_EVENT and part.topic in HEALING else part


def _stands(part: SegmentReading) -> bool:
    """Return whether a segment is understood by itself and needs an answer."""
    sure = part.confidence >= (SURE_OUT_OF_SCOPE if part.topic == OUT_OF_SCOPE else SURE)
    only_told = part.topic in ONLY_TOLD and not part.asks
    return part.urgent or (sure and part.topic not in SMALL_TALK and not only_told)


def _may_stand_beside_alarm(part: SegmentReading) -> bool:
    return part.asks and part.topic not in ABOUT_SYMPTOMS


def _distinct(parts: Sequence[SegmentReading], numbers: Sequence[int]) -> Iterator[int]:
    """Yield each topic once, unless a question names another value of an entity that the answer depends on."""
    seen: list[tuple[str, Mapping[str, frozenset[str]]]] = []
    for number in numbers:
        key = (parts[number].topic, parts[number].named or {})
        repeats = not parts[number].asks and any(topic == parts[number].topic for topic, _ in seen)
        if not repeats and not any(_covers(other, key) for other in seen):
            seen.append(key)
            yield number


def _covers(
    said: tuple[str, Mapping[str, frozenset[str]]], key: tuple[str, Mapping[str, frozenset[str]]]
) -> bool:
    return said[0] == key[0] and (said[1] == key[1] or not any(key[1].values()))
