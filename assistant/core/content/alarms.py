"""Alarm signs from ``data/en/alarms.yml``, and the words that modify them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.core.content.issues import ContentError
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_records, read_yaml, record_issues

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


class Modifier(Record):
    """Words around a sign that make it no alarm, after ConText: terms, and where their scope ends."""

    kind: Literal["negated", "hypothetical", "historical", "experiencer"]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Terms behind the sign that contradict."""
    pseudo: tuple[str, ...] = ()
    """Longer expressions that hold a term and are none: "not sure if it's"."""
    reach: int | None = None
    """Words between term and sign at most."""
    sure: bool = True
    """False if signs that are ``sure`` stay alarms."""
    past: bool = False
    """True if a word of the past must stand beside the sign."""


class Severity(Record):
    """Words for how much of a symptom there is."""

    mild: frozenset[str]
    slight: frozenset[str]
    """Those that make a whole short message mild."""
    grave: frozenset[str]


class Easing(Record):
    """Words by which something becomes less."""

    terms: tuple[str, ...]
    pseudo: tuple[str, ...]
    """Longer expressions that hold a term and are none: "never stopped"."""
    unless: tuple[str, ...]
    """Terms behind it that contradict: "came back"."""


class AlarmModifiers(Record):
    """Words that turn a sign into no alarm, from ``data/en/alarm_modifiers.yml``."""

    alarm_modifiers: tuple[Modifier, ...]
    alarm_asked: tuple[str, ...]
    """Terms of a question in general."""
    alarm_now: tuple[str, ...]
    """Terms that make such a question a report."""
    alarm_eased: Easing
    """Terms of what becomes less."""
    alarm_unusual: tuple[str, ...]
    """Terms of a symptom that stays, returns, is new or is in one place only."""
    alarm_severity: Severity
    alarm_past: frozenset[str]


def load_alarm_modifiers(data: Path) -> AlarmModifiers:
    """Load the modifiers of the content folder.

    Raises:
        ContentError: the file is missing or has another shape.
    """
    path = data / LANGUAGE / "alarm_modifiers.yml"
    try:
        return AlarmModifiers.parse_obj(read_yaml(path) or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, path.stem, error, ())) from error
