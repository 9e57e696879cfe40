"""Wording of durations, from ``data/en/durations.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record

KEY = "durations"
Unit = Literal["minute", "hour", "day", "week", "month", "year"]


class UnitWords(Record):
    """Wording of one unit."""

    one: str
    other: str
    words: tuple[str, ...]
    """Forms in which people type it."""


class DurationWords(Record):
    """Wording of durations and ranges."""

    units: Mapping[Unit, UnitWords]
    range: str
    days: str
    same_day: str
    range_words: tuple[str, ...]
    one_words: tuple[str, ...]
    number_words: tuple[str, ...]

    def number(self, number: int) -> str:
        """Return a number in words, or in digits if there is no word: "five", "13"."""
        return self.number_words[number - 1] if 0 < number <= len(self.number_words) else str(number)

    def quantity(self, number: int, unit: Unit) -> str:
        """Return a number of units: "a week", "4 weeks"."""
        words = self.units[unit]
        return words.one if number == 1 else words.other.format(number=number)


def load_duration_words(data: Path) -> DurationWords:
    """Load the wording from the folder ``data``.

    Raises:
        ContentError: the file is missing, or with every issue of it.
    """
    return read_record(data / LANGUAGE / "durations.yml", KEY, DurationWords)
