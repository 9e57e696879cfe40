"""Rules of wording, from ``data/en/voice.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, validator

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record

KEY = "voice"
RuleName = Literal["first_sentence", "sentence", "length", "banned", "contraction", "term", "citation"]


def _compilable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error} (got {pattern})") from error
    return pattern


class Banned(Record):
    """A phrase that no answer holds."""

    pattern: str
    instead: str

    _pattern_is_right = validator("pattern", allow_reuse=True)(_compilable)


class Term(Record):
    """The one word for a thing."""

    use: str
    not_: tuple[str, ...] = Field(alias="not")


class VoiceException(Record):
    """An answer that may break a rule."""

    answer: str
    value: str | None = None
    """The concern, condition or the like of a variation."""
    rule: RuleName
    reason: str


class Voice(Record):
    """Rules of wording; numbers are words."""

    applies_to: tuple[str, ...]
    first_sentence: int
    sentence: int
    shortest: int
    longest: int
    longest_with_list: int
    banned: tuple[Banned, ...]
    contractions: Mapping[str, str]
    """Short forms by the long ones, which are regular expressions."""
    terms: tuple[Term, ...]
    uncited: tuple[str, ...]
    exceptions: tuple[VoiceException, ...] = ()

    _patterns_are_right = validator("uncited", each_item=True, allow_reuse=True)(_compilable)


def load_voice(data: Path) -> Voice:
    """Load the rules from the folder ``data``.

    Raises:
        ContentError: the file is missing, or with every issue of it.
    """
    return read_record(data / LANGUAGE / "voice.yml", KEY, Voice)
