"""Checks of aftercare rules: ``data/aftercare.yml`` and every ``aftercare*.yml`` in the clinic's folder.

Durations, kinds and windows are validated when a file is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.core.aftercare.figures import window_figures
from assistant.core.aftercare.guide import load_aftercare_wording
from assistant.core.aftercare.rulebook import load_calendar_wording, load_rules
from assistant.core.aftercare.rules import TEXTS, Rule
from assistant.core.content.articles import Fact, load_facts
from assistant.core.content.citations import cited_ids, without_citations
from assistant.core.content.duration_words import DurationWords, load_duration_words
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.lexicon import load_lexicon
from assistant.core.content.topics import Topic, load_topics
from assistant.core.content.yaml_files import line_of, read_yaml
from assistant.core.protocol import CLINIC
from assistant.core.validation.comparison import given_twice, loaded, stray_keys, unknown
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.wording import markup_issues

SHORTEST, LONGEST = 4, 40
"""Words of a detail."""
LONGEST_TITLE = 10
"""Words of a title."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LISTS = {
    "topic": "data/topics.yml",
    "product": f"data/{LANGUAGE}/lexicon/product.yml",
    "activity": f"data/{LANGUAGE}/lexicon/activity.yml",
    "symptom": f"data/{LANGUAGE}/lexicon/symptom.yml",
}
"""File that defines the ids of each kind."""


@dataclass(frozen=True)
class _Known:
    """Ids that rules may refer to; ``None`` if their file cannot be read, which other checks report."""

    fact: Mapping[str, Fact] | None
    topic: Mapping[str, Topic] | None
    lexicon: Mapping[str, Collection[str]] | None
    rules: Mapping[str, Rule] | None
    words: DurationWords | None

    def entity(self, name: str) -> Collection[str] | None:
        return None if self.lexicon is None else self.lexicon.get(name, ())


def check_aftercare(data: Path, clinic: Path) -> list[Issue]:
    """Return the issues of the rules in the folder ``data`` and in the clinic's folder ``clinic``."""
    known = _known(data)
    path = data / "aftercare.yml"
    issues = [*_file_issues(path, known, clinics=False), *_extra_issues(path, known)]
    for own in sorted(clinic.glob("aftercare*.yml")):
        issues += _file_issues(own, known, clinics=True)
    return issues


def rule_issues(path: Path, data: Path) -> list[Issue]:
    """Return the issues that make a clinic's rules unusable: all except the length of texts."""
    return list(_use_issues(path, _known(data), clinics=True))


def _known(data: Path) -> _Known:
    return _Known(
        loaded(lambda: load_facts(data)),
        loaded(lambda: load_topics(data)),
        loaded(lambda: {name: list(entries) for name, entries in load_lexicon(data).items()}),
        loaded(lambda: {rule.id: rule for rule in load_rules(data / "aftercare.yml")}),
        loaded(lambda: load_duration_words(data)),
    )


def _file_issues(path: Path, known: _Known, *, clinics: bool) -> Iterator[Issue]:
    issues = list(_use_issues(path, known, clinics=clinics))
    yield from issues
    for rule in loaded(lambda: load_rules(path)) or ():
        yield from _length_issues(str(path), rule)
        for name, text in (
            ("title", rule.title),
            ("detail", rule.detail),
            ("ask", rule.ask),
            ("later", rule.later),
        ):
            yield from markup_issues(str(path), f"rule {rule.id}, {name}", text or "")


def _use_issues(path: Path, known: _Known, *, clinics: bool) -> Iterator[Issue]:
    try:
        rules = load_rules(path)
    except ContentError as error:
        yield from error.issues
        return
    yield from stray_keys(path, "aftercare", "rules") if clinics else ()
    yield from given_twice(str(path), "rule", (rule.id for rule in rules))
    for number, rule in enumerate(rules):
        issues = [
            *_reference_issues(str(path), rule, known),
            *_evidence_issues(str(path), rule, clinics=clinics),
            *_bracket_issues(str(path), rule, clinics=clinics),
            *_placeholder_issues(str(path), rule, rules, known),
        ]
        line = line_of(path, ("aftercare", number)) if issues else 0
        yield from (replace(issue, line=line) for issue in issues)


def _placeholder_issues(path: str, rule: Rule, rules: Iterable[Rule], known: _Known) -> Iterator[Issue]:
    """Yield placeholders that stand for nothing: neither for a window of a rule nor for a value of a fact."""
    words = known.words
    if words is None:
        return
    there = {**(known.rules or {}), **{each.id: each for each in rules}, "": rule}
    values = {name for each, of in there.items() for name, _ in window_figures(each, of, words)}
    # names only: a value that cannot be read is an issue of its fact
    values |= {f"fact:{fact.id}.{name}" for fact in (known.fact or {}).values() for name in fact.values}
    for text in (getattr(rule, field) or "" for field in TEXTS):
        for name in _PLACEHOLDER.findall(text):
            if _full(name) not in values:
                expected = "{window} of this rule, {window:ID} of another, or {fact:ID.NAME}"
                yield Issue(path, f"rule {rule.id}: placeholder without a value", f"{{{name}}}", expected)


def _full(name: str) -> str:
    """Return the name of a figure; that of the rule's own window is the one without an id."""
    kind, dot, end = name.partition(".")
    return f"window:{dot}{end}" if kind == "window" else name


def _reference_issues(path: str, rule: Rule, known: _Known) -> Iterator[Issue]:
    near = rule.nearest_to
    for kind, ids, there in (
        ("fact", rule.facts, known.fact),
        ("topic", rule.topics, known.topic),
        ("product", (*rule.products, *near.products), known.entity("product")),
        ("activity", (*rule.activities, *near.activities), known.entity("activity")),
        ("symptom", (*rule.symptoms, *near.symptoms), known.entity("symptom")),
    ):
        yield from given_twice(path, f"rule {rule.id}, {kind}", ids)
        if there is not None:
            yield from unknown(path, f"rule {rule.id}", kind, ids, there, where=_LISTS.get(kind, ""))
    if not (rule.products or rule.activities or rule.symptoms or _answers_a_topic(rule, known)):
        expected = "products, activities or symptoms, or a topic that the articles cover"
        yield Issue(path, f"rule {rule.id}: speaks of nothing that people ask about", expected=expected)


def _answers_a_topic(rule: Rule, known: _Known) -> bool:
    topics = known.topic
    return bool(rule.topics) and (
        topics is None or any(name not in topics or topics[name].covered for name in rule.topics)
    )


def _length_issues(path: str, rule: Rule) -> Iterator[Issue]:
    for name, text, shortest, longest in (
        ("title", rule.title, 1, LONGEST_TITLE),
        ("later", rule.later, 1, LONGEST_TITLE),
        ("subject", rule.subject, 1, LONGEST_TITLE),
        ("over", rule.over, 1, LONGEST_TITLE),
        ("caution", rule.caution, 1, LONGEST),
        ("detail", rule.detail, SHORTEST, LONGEST),
        ("ask", rule.ask, 1, LONGEST),
    ):
        length = 0 if text is None else len(without_citations(text).split())
        if text is not None and not shortest <= length <= longest:
            problem = f"rule {rule.id}: {name} is too {'short' if length < shortest else 'long'}"
            yield Issue(path, problem, got=f"{length} words", expected=f"{shortest} to {longest}")


def _evidence_issues(path: str, rule: Rule, *, clinics: bool) -> Iterator[Issue]:
    if clinics and not rule.section:
        yield Issue(
            path, f"rule {rule.id}: has no section", expected="the heading of the clinic's instructions"
        )
    if not clinics and rule.section:
        yield Issue(
            path, f"rule {rule.id}: has a section", got=rule.section, expected="only in a clinic's file"
        )
    if not clinics and not rule.facts and not rule.common_sense:
        expected = "[id-of-a-fact] behind what it says, or common_sense: true"
        yield Issue(path, f"rule {rule.id}: no fact carries it", expected=expected)
    if rule.facts and rule.common_sense:
        problem = f"rule {rule.id}: is common sense, and cites facts as if an article said it"
        yield Issue(path, problem, got=", ".join(rule.facts), expected="one or the other")


def _bracket_issues(path: str, rule: Rule, *, clinics: bool) -> Iterator[Issue]:
    """Yield citations where nobody reads them; a clinic's rule is its own source."""
    for name in ("title", "subject", "over", "later"):
        if cited_ids(getattr(rule, name)):
            yield Issue(path, f"rule {rule.id}: {name} cites a fact", expected="citations in detail and ask")
    if clinics and CLINIC in cited_ids(rule.caution, rule.detail, rule.ask):
        expected = "no citation: the program cites the clinic itself"
        yield Issue(path, f"rule {rule.id}: cites the clinic", expected=expected)


def _extra_issues(path: Path, known: _Known) -> Iterator[Issue]:
    content = loaded(lambda: read_yaml(path))
    if not isinstance(content, dict):
        return  # reported with the rules
    try:
        load_calendar_wording(path, content)
    except ContentError as error:
        yield from error.issues
    for key, kind in (("occasions", "activity"), ("everyday", "activity"), ("medicines", "product")):
        there = known.entity(kind)
        yield from given_twice(str(path), f"{key}, {kind}", content.get(key) or ())
        if there is not None:
            yield from unknown(str(path), key, kind, content.get(key) or (), there)


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield issues of the rules, and missing wording."""
    data = Path(project.path("data"))
    yield from check_aftercare(data, Path(project.path("clinic")))
    try:
        load_aftercare_wording(data)
    except ContentError as error:
        yield from error.issues
