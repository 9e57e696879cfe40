"""Words of messages that are about what was said before, because they name nothing themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assistant.core.content.cue_words import is_all, plain_words
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record

KEY: Final = "carried_subjects"


class CarriedSubjects(Record):
    """Cues of ``data/en/carried_subjects.yml``, by what they are said of."""

    taking: tuple[str, ...]
    """Of a medicine."""
    takes: tuple[str, ...]
    """Makes a medicine of an unknown word."""
    instead: tuple[str, ...]
    """Of what may replace a medicine."""
    same: tuple[str, ...]
    """Of any answer, if nothing but fillers stands beside them."""
    enough: tuple[str, ...]
    """Of an answer that depends on a date."""
    passing: tuple[str, ...]
    """Of something on the skin."""
    worry: tuple[str, ...]
    """Of an urgent answer."""
    reported: tuple[str, ...]
    """Makes a report of a named symptom."""
    effects: tuple[str, ...]
    """Makes a question about the treatment of a named symptom."""
    fillers: tuple[str, ...]
    asking: tuple[str, ...]
    """Further fillers of a question about taking something."""

    def is_same(self, text: str) -> bool:
        """Return whether a message only asks the question before, such as "is it ok?"."""
        return is_all(plain_words(text), self.same, self.fillers)

    def only_stops(self, text: str) -> bool:
        """Return whether a message only asks about stopping something: "should i stop"."""
        return is_all(plain_words(text), self.taking, (*self.fillers, *self.asking))


def carried_subjects_file(data: Path) -> Path:
    """Return the path of the file in the folder ``data``."""
    return data / LANGUAGE / f"{KEY}.yml"


def load_carried_subjects(data: Path) -> CarriedSubjects:
    """Load the words from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing.
    """
    return read_record(carried_subjects_file(data), KEY, CarriedSubjects)
