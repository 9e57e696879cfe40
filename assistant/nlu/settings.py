"""Thresholds of the steps, from ``config.yml``, which explains each. A step without its section is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class SegmentSettings:
    candidate_threshold: float
    topic_difference: float
    competition_penalty: float
    statement_penalty: float
    alarm_bonus: float
    accept_threshold: float


@dataclass(frozen=True)
class AlarmSettings:
    alone: float
    beside_topic: float
    eased: float
    denied: float
    asked_about: float
    unclear: float
    with_sign: float
    with_sure_sign: float
    likely: float
    clear_topic: float


@dataclass(frozen=True)
class ContextSettings:
    segment: float
    pointing_segment: float
    reply: float
    bare: float
    bare_factor: float
    several: float
    clear: float
    follow_up: float


@dataclass(frozen=True)
class FallbackSettings:
    threshold: float
    out_of_scope_threshold: float
    bare_reply_threshold: float


@dataclass(frozen=True)
class ScopeSettings:
    names_other: float


@dataclass(frozen=True)
class FactSettings:
    min_similarity: float
    top_k: int


@dataclass(frozen=True)
class ScreeningSettings:
    own_topic: float


@dataclass(frozen=True)
class SelectionSettings:
    threshold: float
    out_of_scope_threshold: float


@dataclass(frozen=True)
class Settings:
    """Sections by the name of their step."""

    segment: SegmentSettings | None = None
    detect_alarms: AlarmSettings | None = None
    contextualize: ContextSettings | None = None
    fall_back: FallbackSettings | None = None
    filter_scope: ScopeSettings | None = None
    find_facts: FactSettings | None = None
    read_screening_reply: ScreeningSettings | None = None
    select_questions: SelectionSettings | None = None

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """Return the settings in a component's configuration.

        Raises:
            ValueError: a section lacks a key, or has an unknown one.
        """
        return cls(**{name: _section(name, config[name]) for name in _KINDS if name in config})


_KINDS: Mapping[str, Any] = {
    "segment": SegmentSettings,
    "detect_alarms": AlarmSettings,
    "contextualize": ContextSettings,
    "fall_back": FallbackSettings,
    "filter_scope": ScopeSettings,
    "find_facts": FactSettings,
    "read_screening_reply": ScreeningSettings,
    "select_questions": SelectionSettings,
}


def _section(name: str, given: Mapping[str, Any]) -> Any:
    expected = {field.name for field in fields(_KINDS[name])}
    if set(given) != expected:
        raise ValueError(f"config.yml, {name}: has {sorted(given)}, expected {sorted(expected)}")
    return _KINDS[name](**given)
