"""Combination of the articles' rules with a clinic's own.

A clinic's rule with the id of an article's rule replaces it; one with a new id is added. But if the clinic allows what
the article forbids (``not_yet`` or ``avoid``), the article's rule stays in force for that treatment: people see both,
and the stricter one decides. "Ask your professional" is not a ban: the clinic is that professional, so its rule counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pydantic import ValidationError, validator
from pydantic.fields import ModelField

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.rules import Rule, turning_points, window, word_at
from assistant.core.content.articles import Source
from assistant.core.content.issues import ContentError
from assistant.core.content.topics import Phase, Topic
from assistant.core.content.yaml_files import Record, read_records, read_yaml, record_issues

Side = Literal["before", "after"]
"""Side of the treatment."""
SIDES: frozenset[str] = frozenset(get_args(Side))
JUDGING = "action_judge_symptom"
"""Action that answers topics about the skin's own reactions once the date is known."""


@dataclass(frozen=True)
class TopicRoles:
    """Ids of topics by role."""

    gaps: frozenset[str]
    """Topics that no article covers."""
    sides: Mapping[str, Side]
    """Side of the treatment that a topic is about, by topic."""
    counterparts: Mapping[str, str]
    """Topic that asks the same about the other side, in both directions, if both have dated answers."""
    medicines: frozenset[str]
    """Topics about medicines."""
    reactions: Mapping[str, tuple[str, ...]]
    """Topics about the skin's own reactions, with the symptoms that they are about if the message names none."""
    overviews: Mapping[str, tuple[Phase, ...]]
    """Topics whose answers list every rule, with the directions of these rules."""
    catch_alls: frozenset[str]
    """Topics of everything that has no topic of its own: a rule counts there only for what the message names."""

    def before(self, topic: str | None) -> bool:
        """Return whether the topic is the one of a pair that is about the time before a session."""
        return topic is not None and topic in self.counterparts and self.sides.get(topic) == "before"

    def on(self, side: Side, topic: str) -> str:
        """Return the topic, or its counterpart if that is on this side."""
        other = self.counterparts.get(topic)
        return other if other is not None and self.sides.get(other) == side else topic


def roles_of(topics: Mapping[str, Topic]) -> TopicRoles:
    """Return the roles of all topics; the side of a topic is the name of its group."""
    split = {topic.wider for topic in topics.values() if topic.kind == "question"}
    return TopicRoles(
        gaps=frozenset(topic.id for topic in topics.values() if not topic.covered),
        sides={topic.id: cast(Side, topic.group) for topic in topics.values() if topic.group in SIDES},
        counterparts=_counterparts(topics),
        medicines=frozenset(topic.id for topic in topics.values() if topic.medicines),
        reactions={topic.id: topic.symptoms for topic in topics.values() if topic.dated == JUDGING},
        overviews={topic.id: topic.lists for topic in topics.values() if topic.lists},
        catch_alls=frozenset(topic for topic in topics if topic in split),
    )


def _counterparts(topics: Mapping[str, Topic]) -> dict[str, str]:
    pairs = [(topic.id, topic.counterpart) for topic in topics.values() if topic.counterpart and topic.dated]
    dated = [(one, other) for one, other in pairs if topics[other].dated]
    return dict(dated) | {other: one for one, other in dated}


BANS = frozenset({"not_yet", "avoid"})
ARTICLE_SUFFIX = "-in-the-articles"
"""Suffix of the id of an article's rule that a clinic's rule replaces."""
STRICTNESS = ("must", "should", "may")
SAMPLE = datetime(2030, 1, 15, 12, tzinfo=timezone.utc)
"""Treatment date to compare rules with if the real one is unknown."""

_MOMENT = timedelta(seconds=1)
_YEAR = timedelta(days=366)


def merged_rules(articles: Sequence[Rule], clinics: Iterable[Rule]) -> tuple[list[Rule], dict[str, Rule]]:
    """Return all rules, the clinic's in place of the articles', and the replaced rules by id."""
    given = {rule.id: rule for rule in articles}
    own = {rule.id: _inheriting(rule, given.get(rule.id)) for rule in clinics}
    overridden = {
        name: given[name].copy(update={"id": f"{name}{ARTICLE_SUFFIX}"}) for name in own if name in given
    }
    return list({**given, **own}.values()), overridden


def _inheriting(rule: Rule, article: Rule | None) -> Rule:
    """Return the clinic's rule with the caution and the subject of the rule that it replaces, where it has none."""
    if article is None:
        return rule
    return rule.copy(
        update={"caution": rule.caution or article.caution, "subject": rule.subject or article.subject}
    )


def in_force(
    rules: Sequence[Rule], overridden: Mapping[str, Rule], treated_at: datetime | None
) -> list[Rule]:
    """Return the rules that apply to this treatment: the article's too if the clinic's is laxer."""
    counting: list[Rule] = []
    for rule in rules:
        counting.append(rule)
        article = overridden.get(rule.id)
        if article is not None and is_laxer(rule, article, treated_at or SAMPLE):
            counting.append(article)
    return counting


def is_laxer(rule: Rule, article: Rule, treated_at: datetime) -> bool:
    """Return whether the rule allows, at any time or for any subject, what the article's forbids or leaves open."""
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
    """Return whether the rule calls something normal at a time when the article's does not."""
    ours, theirs = window(rule, treated_at), window(article, treated_at)
    return any(ours.state(instant) == "now" and theirs.state(instant) != "now" for instant in instants)


def _probes(rule: Rule, article: Rule, treated_at: datetime) -> list[datetime]:
    """Return instants that include one of every interval in which neither verdict changes."""
    points = {in_utc(treated_at), *turning_points(rule, treated_at), *turning_points(article, treated_at)}
    before = {point - _MOMENT for point in points}
    return sorted(points | before | {min(points) - _YEAR, max(points) + _YEAR})


class CalendarWording(Record):
    """Name of the calendar and texts of its reminders; ``{title}`` is that of the step."""

    name: str
    begins: str
    fine_again: str
    """Title of what was to be avoided, once it is over; ``{subject}`` is what the rule speaks of."""

    @validator("begins", "fine_again")
    def _holds_only_its_placeholder(cls, value: str, field: ModelField) -> str:
        name = "title" if field.name == "begins" else "subject"
        try:
            value.format(**{name: ""})
        except (IndexError, KeyError, ValueError) as error:
            raise ValueError(f"has a brace too many (got {value} / expected {{{name}}} at most)") from error
        return value


@dataclass(frozen=True, repr=False)
class Rulebook:
    """Rules with their sources and context, the basis of every computed answer."""

    rules: tuple[Rule, ...]
    """The articles' and the clinic's; a clinic's rule replaces an article's with the same id."""
    overridden: Mapping[str, Rule]
    """Rules of the articles that a clinic's rule replaces, by its id."""
    sources: Mapping[str, Sequence[Source]]
    """Sections of the articles, or the clinic, by id of the rule."""
    occasions: frozenset[str]
    """Activities that are occasions: weddings, work and the like."""
    everyday: frozenset[str]
    """Occasions of everyday life, such as work."""
    topics: TopicRoles
    medicines: frozenset[str]
    """Products that are medicines."""
    calendar: CalendarWording
    labels: Mapping[str, str]
    """Label of what a rule speaks of, by its id."""
    contested: frozenset[str]
    """Ids of the rules that rest on something that another source contradicts."""

    def in_force(self, treated_at: datetime | None) -> list[Rule]:
        """Return the rules that apply to this treatment: the article's too if the clinic's is laxer."""
        return in_force(self.rules, self.overridden, treated_at)

    def differs(self, rule: Rule) -> bool:
        """Return whether sources, or the clinic and the articles, differ on what the rule says."""
        return rule.id in self.contested

    def over(self, rule: Rule) -> str:
        """Return the title of a rule whose window is over, which does not read as if it still held."""
        subject = self.labels.get(rule.id.removesuffix(ARTICLE_SUFFIX), rule.title)
        return rule.over or self.calendar.fine_again.format(subject=subject)

    def cited(self, rules: Iterable[Rule]) -> list[Source]:
        """Return the sources of the rules without duplicates."""
        sources: list[Source] = []
        for rule in rules:
            sources += [source for source in self.sources[rule.id] if source not in sources]
        return sources


def load_rules(path: Path) -> list[Rule]:
    """Load the rules of one file.

    Raises:
        ContentError: with every issue of the file.
    """
    return read_records(path, "aftercare", Rule)


def load_expectations(data: Path) -> tuple[Rule, ...]:
    """Load the rules of what the articles expect after a treatment.

    Raises:
        ContentError: with every issue of the file.
    """
    return tuple(rule for rule in load_rules(data / "aftercare.yml") if rule.kind == "expect")


def is_expected(symptom: str, expectations: Sequence[Rule], treated_at: datetime, now: datetime) -> bool:
    """Return whether a rule that names the symptom, or is nearest to it, counts now.

    A rule for which no source gives days counts as long as any other does that has some.
    """
    named = [rule for rule in expectations if symptom in (*rule.symptoms, *rule.nearest_to.symptoms)]
    windows = [window(rule, treated_at) for rule in named]
    felt = [window(rule, treated_at).end for rule in expectations if rule.symptoms]
    ends = [end for end in felt if end is not None]
    last = max(ends, default=None)
    return any(
        each.state(in_utc(now)) == "now" and (each.end is not None or last is None or in_utc(now) < last)
        for each in windows
    )


def load_occasions(data: Path) -> frozenset[str]:
    """Load the activities that are occasions, where visible effects matter.

    Raises:
        ContentError: the file cannot be read.
    """
    return frozenset((read_yaml(data / "aftercare.yml") or {}).get("occasions") or ())


def load_medicines(data: Path) -> frozenset[str]:
    """Load the products that are medicines.

    Raises:
        ContentError: the file cannot be read.
    """
    return frozenset((read_yaml(data / "aftercare.yml") or {}).get("medicines") or ())


def load_ruled(data: Path) -> frozenset[str]:
    """Load the products and activities that a rule names, or is nearest to.

    Raises:
        ContentError: with every issue of the file.
    """
    rules = load_rules(data / "aftercare.yml")
    named = [(*rule.products, *rule.activities) for rule in rules]
    near = [(*rule.nearest_to.products, *rule.nearest_to.activities) for rule in rules]
    return frozenset(name for names in (*named, *near) for name in names)


def load_calendar_wording(path: Path, content: Mapping[str, Any]) -> CalendarWording:
    """Return the wording under ``calendar``.

    Raises:
        ContentError: it is missing or invalid.
    """
    try:
        return CalendarWording.parse_obj(content.get("calendar") or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, "calendar", error, ("calendar",))) from error
