"""Alarm signs from ``data/en/alarms.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.core.content.language import LANGUAGE
from assistant.core.content.yaml_files import Record, read_records

BEFORE_SESSION = "before_session"
"""Level of a sign to show to the professional before a coming session."""
GAP = "..."
EXACT = "="
REGEX = "~"


class Alarm(Record):
    """One kind of alarm, with the patterns that detect it."""

    id: str
    level: Literal["emergency", "urgent"]
    signs: tuple[str, ...]
    sure: bool = False
    """True if a match is enough, even if the alarm classifier disagrees."""
    certain: bool = False
    """True if a match is an alarm whatever the classifier says; ``sure`` still needs a small probability."""
    after: Literal["sure", "only"] | None = None
    """After a recent treatment a match is enough; at other times the classifier must agree (``sure``), or it is no sign
    (``only``)."""
    shown_before: bool = False
    """True if a person with a coming session should show it then rather than at once."""
    mild: bool = False
    """True if words such as "a bit of" make it no alarm."""
    not_: tuple[str, ...] = Field((), alias="not")
    """Expressions that contain a sign but mean something else."""


def alarms_file(data: Path) -> Path:
    """Return the path of the file with the alarms."""
    return data / LANGUAGE / "alarms.yml"


def load_alarms(data: Path) -> list[Alarm]:
    """Load the alarms of the content folder, the most serious first."""
    return read_alarms(alarms_file(data))


def read_alarms(path: Path) -> list[Alarm]:
    """Load the alarms of one file, in its order."""
    return read_records(path, "alarms", Alarm)
