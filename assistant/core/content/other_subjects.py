"""Other treatments and products, and what relates them to microneedling, from ``data/en/other_subjects.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from re import Pattern
from typing import Any, Final

from pydantic import ValidationError, validator

from assistant.core.content.cue_words import plain_words
from assistant.core.content.issues import ContentError
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues

KEY: Final = "other_subjects"
OTHER: Final = "OTHER"
BESIDE: Final = "BESIDE"
ELSEWHERE: Final = "ELSEWHERE"
HERE: Final = "HERE"
DEVICE: Final = "DEVICE"
"""Replacements of the names of a list, made before patterns are applied."""

SHORT: Final = 12
"""Words; longer messages tell a story around their subject."""
PATTERNS: Final = ("own_matters", "parts", "expletives", "related", "related_to_one")

Patterns = tuple[Pattern[str], ...]


class OtherSubjects(Record):
    """Names of other subjects, and patterns of sentences that relate them to microneedling."""

    treatments: tuple[str, ...]
    beside: tuple[str, ...]
    """Things that somebody has or uses beside a session, such as a tattoo or a serum."""
    own_matters: tuple[str, ...]
    """Questions about these for their own sake."""
    elsewhere: tuple[str, ...]
    """Things of other parts of life, among them rollers, needles and pens of another kind."""
    here: tuple[str, ...]
    """Names of microneedling."""
    devices: tuple[str, ...]
    """Words that mean its devices beside another treatment."""
    parts: tuple[str, ...]
    """Words that belong to a name: "a laser appointment"."""
    expletives: tuple[str, ...]
    related: tuple[str, ...]
    related_to_one: tuple[str, ...]
    """Relations of one other treatment to microneedling, and of two to each other."""

    class Config(Record.Config):
        keep_untouched = (cached_property,)

    @validator(*PATTERNS, each_item=True)
    def _is_regular_expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
        return pattern

    def is_sole_subject(self, text: str) -> bool:
        """Return whether a text is about another treatment or product, and not about microneedling as well."""
        said = self._masked(text)
        words = said.split()
        if HERE in words:
            return False
        if ELSEWHERE in words:
            return len(words) <= SHORT and not _matches(said, self._compiled["related"])
        if DEVICE in words or not self._names_subject(said, words):
            return False
        return not _matches(said, self._relations(words.count(OTHER)))

    def is_related(self, text: str) -> bool:
        """Return whether a text names another treatment or product, and relates it to microneedling."""
        said = self._masked(text)
        words = said.split()
        if OTHER not in words and BESIDE not in words:
            return False
        return HERE in words or _matches(said, self._relations(words.count(OTHER)))

    def _names_subject(self, said: str, words: Sequence[str]) -> bool:
        return OTHER in words or (BESIDE in words and _matches(said, self._compiled["own_matters"]))

    def _relations(self, others: int) -> Patterns:
        related = self._compiled["related"]
        return (*related, *self._compiled["related_to_one"]) if others == 1 else related

    def _masked(self, text: str) -> str:
        """Return the words, names replaced by what they stand for, without parts of names and expletives."""
        said = " ".join(_replaced(plain_words(text), self._signs, self._longest))
        for pattern in self._compiled["parts"]:
            said = pattern.sub(OTHER, said)
        for pattern in self._compiled["expletives"]:
            said = pattern.sub(" ", said)
        return " ".join(said.split())

    @cached_property
    def _compiled(self) -> Mapping[str, Patterns]:
        return {name: tuple(map(re.compile, getattr(self, name))) for name in PATTERNS}

    @cached_property
    def _signs(self) -> Mapping[str, str]:
        lists = (
            (DEVICE, self.devices),
            (BESIDE, self.beside),
            (OTHER, self.treatments),
            (ELSEWHERE, self.elsewhere),
            (HERE, self.here),
        )
        return {name: sign for sign, names in lists for name in names}

    @cached_property
    def _longest(self) -> int:
        return max(len(name.split()) for name in self._signs)


def _replaced(words: Sequence[str], signs: Mapping[str, str], longest: int) -> Iterator[str]:
    """Yield the words, the longest names, in the singular or plural, replaced by their signs."""
    place = 0
    while place < len(words):
        sizes: Iterable[int] = range(min(longest, len(words) - place), 0, -1)
        names = ((size, " ".join(words[place : place + size])) for size in sizes)
        found = ((size, signs.get(name) or signs.get(name.removesuffix("s"))) for size, name in names)
        size, sign = next(((size, sign) for size, sign in found if sign), (1, None))
        yield sign or words[place]
        place += size


def _matches(said: str, patterns: Iterable[Pattern[str]]) -> bool:
    return any(pattern.search(said) for pattern in patterns)


def other_subjects_file(data: Path) -> Path:
    """Return the path of the file with the names."""
    return data / LANGUAGE / f"{KEY}.yml"


def load_other_subjects(data: Path) -> OtherSubjects:
    """Load the names and patterns from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing, or a pattern is no regular expression.
    """
    path = other_subjects_file(data)
    content: Any = read_yaml(path)
    try:
        return OtherSubjects.parse_obj((content if isinstance(content, dict) else {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, KEY, error, (KEY,))) from None
