"""Puts a clinic's own rules in the place of the articles', or beside them.

A clinic's rule with the id of an article's replaces it, and one with a new id is added. But where the clinic allows
what the article forbids (``not_yet`` or ``avoid``), the article's rule comes back for that treatment: people are shown
both, and the stricter one decides. "Ask your professional" is no ban: there the clinic, which is that professional,
gives the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pydantic import ValidationError, validator

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.windows import turning_points, window, word_at
from assistant.core.content.articles import Source, cite
from assistant.core.content.content import Content
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records, read_yaml, record_faults
from assistant.core.protocol import CLINIC

BANS = frozenset({"not_yet", "avoid"})
ARTICLE_SUFFIX = "-in-the-articles"
"""What the id of an article's rule ends with when it stands beside the clinic's."""
STRICTNESS = ("must", "should", "may")
SAMPLE = datetime(2030, 1, 15, 12, tzinfo=timezone.utc)
"""Stands for the treatment where nobody knows when it was."""

_MOMENT = timedelta(seconds=1)
_YEAR = timedelta(days=366)


def merged_rules(articles: Sequence[Rule], clinics: Iterable[Rule]) -> tuple[list[Rule], dict[str, Rule]]:
    """The rules with the clinic's in their places, and by id the article's rule behind a clinic's."""
    given = {rule.id: rule for rule in articles}
    own = {rule.id: rule for rule in clinics}
    behind = {
        name: given[name].copy(update={"id": f"{name}{ARTICLE_SUFFIX}"}) for name in own if name in given
    }
    return list({**given, **own}.values()), behind


def in_force(rules: Sequence[Rule], behind: Mapping[str, Rule], treated_at: datetime | None) -> list[Rule]:
    """The rules that count for this treatment: the article's too where the clinic's is laxer."""
    counting: list[Rule] = []
    for rule in rules:
        counting.append(rule)
        article = behind.get(rule.id)
        if article is not None and is_laxer(rule, article, treated_at or SAMPLE):
            counting.append(article)
    return counting


def is_laxer(rule: Rule, article: Rule, treated_at: datetime) -> bool:
    """Whether the rule allows, at any time or for any subject, what the article's forbids or does not promise."""
    if article.prescribed and not rule.prescribed:
        return True
    if STRICTNESS.index(rule.strictness) > STRICTNESS.index(article.strictness):
        return True
    if not _subjects(article) <= _subjects(rule):
        return True
    instants = _probes(rule, article, treated_at)
    if article.kind == "expect" and _reaches_further(rule, article, treated_at, instants):
        return True
    return any(
        word_at(article, treated_at, instant) in BANS and word_at(rule, treated_at, instant) not in BANS
        for instant in instants
    )


def _subjects(rule: Rule) -> set[tuple[str, str]]:
    kinds = ("products", "activities", "symptoms", "topics")
    return {(kind, subject) for kind in kinds for subject in getattr(rule, kind)}


def _reaches_further(rule: Rule, article: Rule, treated_at: datetime, instants: Iterable[datetime]) -> bool:
    """Whether it calls something normal at a time when the article does not."""
    ours, theirs = window(rule, treated_at), window(article, treated_at)
    return any(ours.state(instant) == "now" and theirs.state(instant) != "now" for instant in instants)


def _probes(rule: Rule, article: Rule, treated_at: datetime) -> list[datetime]:
    """Instants among which is one of every stretch in which neither rule says anything new."""
    points = {in_utc(treated_at), *turning_points(rule, treated_at), *turning_points(article, treated_at)}
    before = {point - _MOMENT for point in points}
    return sorted(points | before | {min(points) - _YEAR, max(points) + _YEAR})


Side = Literal["before", "after"]
"""Of the treatment."""
SIDES: frozenset[str] = frozenset(get_args(Side))


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
class Rulebook:
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


def load_rulebook(data: Path, clinic_rules: Path, content: Content) -> Rulebook:
    """The rules of the folder ``data``, and of the clinic's file if there is one.

    Raises:
        ContentError: a file is wrong, or a rule rests on a fact that there is not.
    """
    path = data / "aftercare.yml"
    own = load_rules(clinic_rules) if clinic_rules.is_file() else []
    rules, behind = merged_rules(load_rules(path), own)
    extras = read_yaml(path)
    return Rulebook(
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
        raise ContentError([Issue(str(path), f"rule {rule.id}: unknown fact", got=fact) for fact in unknown])
    sources = cite(rule.facts, content.facts, content.articles)
    if rule.section is None:
        return sources
    clinics = {"id": CLINIC, "title": content.placeholders["clinic_name"], "section": rule.section}
    return [clinics, *sources]
