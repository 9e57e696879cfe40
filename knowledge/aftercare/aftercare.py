"""All rules of aftercare, the articles' and the clinic's, loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pydantic import ValidationError, validator

from knowledge.aftercare.merging import in_force, merged
from knowledge.aftercare.rules import Rule
from knowledge.articles import Source, cite
from knowledge.content import Content
from knowledge.faults import ContentError, Fault
from knowledge.yaml_files import Record, read_records, read_yaml, record_faults

Side = Literal["before", "after"]
"""Of the treatment."""
SIDES: frozenset[str] = frozenset(get_args(Side))
CLINIC = "clinic"
"""Id of the clinic as a source."""


class CalendarWording(Record):
    """What a calendar calls the timeline, and what its reminders say; ``{title}`` is the line's."""

    name: str
    begins: str
    ends: str

    @validator("begins", "ends")
    def _holds_only_the_title(cls, value: str) -> str:  # noqa: N805  pydantic hands over the class
        try:
            value.format(title="")
        except (IndexError, KeyError, ValueError) as error:
            raise ValueError(f"has a brace too many (got {value} / expected {{title}} at most)") from error
        return value


@dataclass(frozen=True, repr=False)
class Aftercare:
    """What every computed answer rests on."""

    rules: tuple[Rule, ...]
    """The articles' and the clinic's, which replace the articles' of the same id."""
    behind: Mapping[str, Rule]
    """By id of a clinic's rule: the article's that it replaces."""
    sources: Mapping[str, Sequence[Source]]
    """By rule: the articles' sections, or the clinic."""
    occasions: frozenset[str]
    """Activities that are occasions: weddings, work and the like."""
    gaps: frozenset[str]
    """Topics that no article covers."""
    sides: Mapping[str, Side]
    """By topic: the side of the treatment that it is about."""
    medicines: frozenset[str]
    """Products that are medicines."""
    calendar: CalendarWording

    def in_force(self, treated_at: datetime | None) -> list[Rule]:
        """The rules that count for this treatment: the article's too where the clinic's is laxer."""
        return in_force(self.rules, self.behind, treated_at)

    def cited(self, rules: Iterable[Rule]) -> list[Source]:
        """The sources of the rules, each once."""
        sources: list[Source] = []
        for rule in rules:
            sources += [source for source in self.sources[rule.id] if source not in sources]
        return sources


def load_rules(path: Path) -> list[Rule]:
    """The rules of one file.

    Raises:
        ContentError: with every fault of the file.
    """
    return read_records(path, "aftercare", Rule)


def load_aftercare(data: Path, clinic_rules: Path, content: Content) -> Aftercare:
    """The rules of the folder ``data``, and of the clinic's file if there is one.

    Raises:
        ContentError: a file is wrong, or a rule rests on a fact that there is not.
    """
    path = data / "aftercare.yml"
    own = load_rules(clinic_rules) if clinic_rules.is_file() else []
    rules, behind = merged(load_rules(path), own)
    extras = read_yaml(path)
    return Aftercare(
        rules=tuple(rules),
        behind=behind,
        sources={rule.id: _sources(rule, path, content) for rule in (*rules, *behind.values())},
        occasions=load_occasions(data),
        gaps=frozenset(topic.id for topic in content.topics.values() if not topic.covered),
        sides=_sides(content),
        medicines=frozenset(extras.get("medicines") or ()),
        calendar=load_calendar_wording(path, extras),
    )


def _sides(content: Content) -> dict[str, Side]:
    """The groups of topics are named after the sides."""
    return {topic.id: cast(Side, topic.group) for topic in content.topics.values() if topic.group in SIDES}


def load_occasions(data: Path) -> frozenset[str]:
    """The activities that are occasions: what matters then is what can still be seen.

    Raises:
        ContentError: the file cannot be read.
    """
    return frozenset((read_yaml(data / "aftercare.yml") or {}).get("occasions") or ())


def load_calendar_wording(path: Path, content: Mapping[str, Any]) -> CalendarWording:
    """The wording under ``calendar``.

    Raises:
        ContentError: it is missing or wrong.
    """
    try:
        return CalendarWording.parse_obj(content.get("calendar") or {})
    except ValidationError as error:
        raise ContentError(record_faults(path, "calendar", error, ("calendar",))) from error


def _sources(rule: Rule, path: Path, content: Content) -> list[Source]:
    unknown = [fact for fact in rule.facts if fact not in content.facts]
    if unknown:
        raise ContentError([Fault(str(path), f"rule {rule.id}: unknown fact", got=fact) for fact in unknown])
    sources = cite(rule.facts, content.facts, content.articles)
    if rule.section is None:
        return sources
    clinics = {"id": CLINIC, "title": content.placeholders["clinic_name"], "section": rule.section}
    return [clinics, *sources]
