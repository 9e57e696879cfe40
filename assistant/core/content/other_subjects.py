"""Other treatments and products, from ``data/en/other_subjects.yml``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.core.content.cue_words import holds, plain_words
from assistant.core.content.issues import ContentError
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues

KEY = "other_subjects"


class OtherSubjects(Record):
    """Names of other treatments and products, and the words that relate them to microneedling."""

    treatments: tuple[str, ...]
    here: tuple[str, ...]
    """Names of microneedling and its devices."""
    related: tuple[str, ...]
    comparing: tuple[str, ...]
    """Words that relate a single other treatment to microneedling, and two to each other."""

    def is_sole_subject(self, text: str) -> bool:
        """Return whether a text names another treatment, and nothing that relates it to microneedling."""
        words = plain_words(text)
        count, rest = _taken(words, self.treatments)
        if not count:
            return False
        cues = self.related if count > 1 else (*self.related, *self.comparing)
        return not (holds(words, self.here) or holds(rest, cues))


def _taken(words: Iterable[str], names: Iterable[str]) -> tuple[int, list[str]]:
    """Return how many of the names occur, and the words without them."""
    said, count = f" {' '.join(words)} ", 0
    for name in sorted(names, key=len, reverse=True):
        count += f" {name} " in said
        said = said.replace(f" {name} ", " ")
    return count, said.split()


def other_subjects_file(data: Path) -> Path:
    """Return the path of the file with the names."""
    return data / LANGUAGE / f"{KEY}.yml"


def load_other_subjects(data: Path) -> OtherSubjects:
    """Load the names from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing.
    """
    path = other_subjects_file(data)
    content: Any = read_yaml(path)
    try:
        return OtherSubjects.parse_obj((content if isinstance(content, dict) else {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, KEY, error, (KEY,))) from None
