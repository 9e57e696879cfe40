"""The signs of alarm, as data/alarms.yml writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.core.content.yaml_files import Record, read_records

BEFORE_SESSION = "before_session"
"""The level of a sign that is to be shown before a session that is still to come."""
GAP = "..."
EXACT = "="
REGEX = "~"


class Alarm(Record):
    """One kind of alarm and the words that tell it."""

    id: str
    level: Literal["emergency", "urgent"]
    signs: tuple[str, ...]
    sure: bool = False
    """Whether the words are enough, without the classifier hearing an alarm too."""
    after: Literal["sure", "only"] | None = None
    """After a recent treatment the words are enough: elsewhere they aren't (``sure``), or are no sign (``only``)."""
    shown_before: bool = False
    """Whether somebody whose session is still to come is to show it then, rather than at once."""
    mild: bool = False
    """Whether "a bit of" makes it no alarm."""
    not_: tuple[str, ...] = Field((), alias="not")
    """Expressions that hold the words of a sign and mean something else."""


def load_alarms(data: Path) -> list[Alarm]:
    """Alarms, the gravest first as the file has them."""
    return read_records(data / "alarms.yml", "alarms", Alarm)
