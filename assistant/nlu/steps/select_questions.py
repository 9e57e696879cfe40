"""Step: which segments of a message are answered by themselves, at most three, the alarm first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.core.protocol import (
    ACKNOWLEDGE,
    OUT_OF_SCOPE,
    REMARK,
    SMALL_TALK,
    SYMPTOM_REPORT,
    TIMELINE,
    UNCLEAR_SYMPTOM,
    URGENT,
    WEIGH_EVENT,
)
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.settings import SelectionSettings
from assistant.nlu.state import TREATMENT, Content, Resources, Segment, State

MAX_QUESTIONS = 3
WHOLE = -1
"""Stands for the whole message if only the whole indicates the alarm."""
_ABOUT_SYMPTOMS = frozenset({SYMPTOM_REPORT, UNCLEAR_SYMPTOM, URGENT})
_HEALING = frozenset({"downtime", "redness", TIMELINE})
_WITHOUT_CONTENT = SMALL_TALK | {ACKNOWLEDGE}
"""Topics that are not answered beside a question: "lol ok. what about wrinkles"."""
_ONLY_STATED = frozenset({OUT_OF_SCOPE, TIMELINE})
"""Topics that are not answered for statements: "dermapen 3 days ago. foundation yet?"."""

Named = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class SegmentReading:
    """Properties of a segment that the choice depends on."""

    topic: str
    confidence: float
    urgent: bool = False
    exact_sign: bool = False
    """The wording alone indicates an alarm."""
    asks: bool = True
    """The segment asks something and is not a mere statement."""
    named: Named | None = None
    """Values of the entities that the topic's answer depends on."""


def select_questions(state: State, resources: Resources) -> State:
    """Add the segments that are answered one by one; none if the message is answered as a whole."""
    settings = resources.settings.select_questions
    if settings is None or not state.parts:
        return state
    whole, *parts = (_reading(segment, resources.content) for segment in state.segments)
    chosen = [state.segments[number + 1] for number in choose(whole, parts, settings)]
    if chosen:
        # the date in the whole message holds for every question
        dates = tuple(each for each in state.whole.entities if each.name == TREATMENT)
        first = chosen[0].without_entity(TREATMENT)
        chosen[0] = replace(first, entities=(*first.entities, *dates))
    return replace(state, questions=tuple(chosen))


def _reading(segment: Segment, content: Content) -> SegmentReading:
    topic, values = content.topics.get(segment.intent), segment.values()
    return SegmentReading(
        topic=segment.intent,
        confidence=segment.confidence,
        asks=SpeechActs(segment.analysis.doc).asks_in_a_clause() and not segment.names(REMARK),
        urgent=segment.is_alarm,
        exact_sign=segment.has_exact_sign,
        named={name: values.get(name, frozenset()) for name in (topic.entities if topic else ())},
    )


def choose(whole: SegmentReading, parts: Sequence[SegmentReading], settings: SelectionSettings) -> list[int]:
    """Return the indices of the parts to answer, in order; empty if the message is answered as a whole."""
    parts = [_as_event(part, whole) for part in parts]
    chosen = list(_distinct(parts, [n for n, part in enumerate(parts) if _is_answered(part, settings)]))
    # alone, "i have a headache" seems more severe than next to the question that it explains
    urgent = [n for n in chosen if parts[n].urgent and (whole.urgent or parts[n].exact_sign)]
    chosen = [n for n in chosen if n in urgent or not parts[n].urgent]
    if urgent or whole.urgent:
        others = [n for n in chosen if n not in urgent and _may_stand_beside_alarm(parts[n])]
        return [*(urgent[:1] or [WHOLE]), *others][:MAX_QUESTIONS] if others or not whole.urgent else []
    if len(chosen) < 2:
        return []
    return [WHOLE if parts[n].topic == WEIGH_EVENT else n for n in chosen[:MAX_QUESTIONS]]


def _as_event(part: SegmentReading, whole: SegmentReading) -> SegmentReading:
    """Reinterpret a question about healing as one about an event: only the whole message has both dates."""
    is_event = whole.topic == WEIGH_EVENT and part.topic in _HEALING
    return replace(part, topic=WEIGH_EVENT) if is_event else part


def _is_answered(part: SegmentReading, settings: SelectionSettings) -> bool:
    """Return whether a part is understood by itself and needs an answer."""
    needed = settings.out_of_scope_threshold if part.topic == OUT_OF_SCOPE else settings.threshold
    only_stated = part.topic in _ONLY_STATED and not part.asks
    return part.urgent or (
        part.confidence >= needed and part.topic not in _WITHOUT_CONTENT and not only_stated
    )


def _may_stand_beside_alarm(part: SegmentReading) -> bool:
    return part.asks and part.topic not in _ABOUT_SYMPTOMS


def _distinct(parts: Sequence[SegmentReading], numbers: Sequence[int]) -> Iterator[int]:
    """Yield each topic once, unless a question names another value of an entity that the answer depends on."""
    seen: list[tuple[str, Named]] = []
    for number in numbers:
        key = (parts[number].topic, parts[number].named or {})
        repeats = not parts[number].asks and any(topic == parts[number].topic for topic, _ in seen)
        if not repeats and not any(_covers(other, key) for other in seen):
            seen.append(key)
            yield number


def _covers(said: tuple[str, Named], key: tuple[str, Named]) -> bool:
    return said[0] == key[0] and (said[1] == key[1] or not any(key[1].values()))
