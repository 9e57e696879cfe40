"""State that the steps hand on: the message and its segments as understood so far, and the steps' resources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from assistant.core.aftercare.rulebook import load_expectations, load_medicines, load_occasions, load_ruled
from assistant.core.aftercare.rules import Rule
from assistant.core.content.alarms import alarms_file, load_alarm_modifiers, load_alarms
from assistant.core.content.carried_subjects import (
    CarriedSubjects,
    carried_subjects_file,
    load_carried_subjects,
)
from assistant.core.content.clinic import load_wording
from assistant.core.content.languages import LANGUAGE, Languages, load_languages
from assistant.core.content.other_subjects import OtherSubjects, load_other_subjects, other_subjects_file
from assistant.core.content.topics import Topic, load_topics
from assistant.core.dialogue.small_replies import SmallReplies, load_small_replies
from assistant.core.protocol import URGENT
from assistant.core.screening.questions import Screening, load_screening
from assistant.core.treatment_date import Treatment, read_treatment
from assistant.nlu.classifiers.linear import Vectors
from assistant.nlu.reader import Reader, Reading
from assistant.nlu.settings import Settings
from assistant.nlu.text.alarm_patterns import AlarmPatterns
from assistant.nlu.text.analysis import Analysis, Entity
from assistant.nlu.text.spacy_pipeline import build_base

TREATMENT: Final = "treatment"
"""Entity, and slot, of the person's treatment."""
ALARM: Final = "alarm"

Ranking = tuple[tuple[str, float], ...]
"""Intents with their confidence; the first one is the segment's intent."""


@dataclass(frozen=True)
class Segment:
    """A message, or a part of it that is understood by itself."""

    analysis: Analysis
    reading: Reading
    ranking: Ranking
    entities: tuple[Entity, ...]
    is_part: bool
    asked: str
    """The question in a form that is understandable without context."""
    follows: str | None = None
    """Topic of the previous answer that it was interpreted with."""
    only_tells_date: bool = False
    """It only says when the person was or will be treated."""
    closest_facts: tuple[str, ...] = ()
    moments: tuple[Mapping[str, Any], ...] | None = None
    """Moments in its text, as ``core.treatment_date.write_moments`` serializes them."""
    has_exact_sign: bool = False
    """The wording alone indicates an alarm."""

    @classmethod
    def of(cls, analysis: Analysis, reading: Reading, *, is_part: bool = False) -> Segment:
        """Return the segment as the classifiers alone understand it."""
        ranking = tuple(reading.topics.items())
        return cls(analysis, reading, ranking, analysis.entities, is_part, analysis.normalized)

    @property
    def text(self) -> str:
        return self.analysis.text

    @property
    def intent(self) -> str:
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        return self.ranking[0][1]

    @property
    def is_alarm(self) -> bool:
        return self.names(ALARM)

    def names(self, entity: str) -> bool:
        """Return whether the segment has such an entity."""
        return any(each.name == entity for each in self.entities)

    def values(self) -> dict[str, frozenset[str]]:
        """Return the values by entity."""
        values: dict[str, set[str]] = {}
        for entity in self.entities:
            values.setdefault(entity.name, set()).add(str(entity.value))
        return {name: frozenset(given) for name, given in values.items()}

    def classified(self, intent: str, confidence: float = 1.0, without: Collection[str] = ()) -> Segment:
        """Return the segment with this intent, before the others except for those left out."""
        others = (each for each in self.ranking if each[0] != intent and each[0] not in without)
        return replace(self, ranking=((intent, confidence), *others))

    def without_intents(self, intents: Collection[str]) -> Segment:
        """Return the segment without these intents, their probability shared out to the others."""
        kept = [each for each in self.ranking if each[0] not in intents]
        total = sum(confidence for _, confidence in kept)
        if len(kept) == len(self.ranking) or total <= 0:
            return self
        return replace(self, ranking=tuple((name, confidence / total) for name, confidence in kept))

    def with_entity(self, name: str, value: Any) -> Segment:
        """Return the segment with an entity that stands nowhere in its text."""
        return replace(self, entities=(*self.entities, Entity(name, value)))

    def without_entity(self, name: str) -> Segment:
        return replace(self, entities=tuple(each for each in self.entities if each.name != name))

    def with_alarm(self, level: str) -> Segment:
        """Return the segment as an alarm; an answer about expected symptoms must not accompany it."""
        return self.classified(URGENT).without_entity("symptom").with_entity(ALARM, level)


@dataclass(frozen=True)
class Conversation:
    """Time, slots and events when a message arrives."""

    now: datetime
    """In the person's zone."""
    zone_key: str = "UTC"
    is_zone_known: bool = False
    slots: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[Any] = ()
    """Rasa's events."""

    @property
    def treatment(self) -> Treatment:
        """The treatment known so far."""
        return read_treatment(self.slots.get(TREATMENT), self.zone_key)

    def newest_events(self) -> Iterator[Mapping[str, Any]]:
        """Yield the events as dictionaries, the newest first."""
        return (event.as_dict() for event in reversed(self.events))


@dataclass(frozen=True)
class State:
    """A message as understood so far."""

    whole: Segment
    conversation: Conversation
    token_states: Vectors
    """Of the encoder, [tokens, any number]."""
    parts: tuple[Segment, ...] = ()
    """Its segments, if it has several."""
    questions: tuple[Segment, ...] = ()
    """Those answered one by one."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        return (self.whole, *self.parts)

    def with_segments(self, segments: Iterable[Segment]) -> State:
        """Return the state with other segments, the whole message first."""
        whole, *parts = segments
        return replace(self, whole=whole, parts=tuple(parts))


@dataclass(frozen=True)
class Content:
    """The content that the steps use. What a project does not have is empty or ``None``."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    dated_topics: frozenset[str] = frozenset()
    """Topics whose answer depends on the date of the treatment."""
    alarms: AlarmPatterns | None = None
    small_replies: SmallReplies | None = None
    languages: Languages | None = None
    other_subjects: OtherSubjects | None = None
    screening: Screening | None = None
    occasions: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()
    """Products that are medicines."""
    ruled: frozenset[str] = frozenset()
    """Products and activities that the aftercare rules name, or are nearest to."""
    carried: CarriedSubjects | None = None
    expectations: tuple[Rule, ...] = ()
    """Rules of what is expected after a treatment."""

    @classmethod
    def load(cls, data: Path) -> Content:
        """Load what the folder has."""
        folder = data / LANGUAGE
        wording = load_wording(data) if (folder / "wording.yml").exists() else None
        return cls(
            topics=load_topics(data) if (data / "topics.yml").exists() else {},
            dated_topics=frozenset(wording.make_personal.topics if wording else ()),
            alarms=_load_patterns(data) if alarms_file(data).exists() else None,
            small_replies=load_small_replies(data) if (folder / "small_replies.yml").exists() else None,
            languages=load_languages(data) if (folder / "languages.yml").exists() else None,
            other_subjects=load_other_subjects(data) if other_subjects_file(data).exists() else None,
            screening=load_screening(data) if (folder / "screening.yml").exists() else None,
            occasions=load_occasions(data) if (data / "aftercare.yml").exists() else frozenset(),
            medicines=load_medicines(data) if (data / "aftercare.yml").exists() else frozenset(),
            ruled=load_ruled(data) if (data / "aftercare.yml").exists() else frozenset(),
            carried=load_carried_subjects(data) if carried_subjects_file(data).exists() else None,
            expectations=load_expectations(data) if (data / "aftercare.yml").exists() else (),
        )


def _load_patterns(data: Path) -> AlarmPatterns:
    return AlarmPatterns(build_base(), load_alarms(data), load_alarm_modifiers(data))


@dataclass(frozen=True)
class Resources:
    """Reader, content and settings for the steps."""

    reader: Reader
    content: Content
    settings: Settings
