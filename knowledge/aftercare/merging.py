"""Puts a clinic's own rules in the place of the articles', or beside them.

A clinic's rule with the id of an article's replaces it, and one with a new id is added. But where the clinic allows
what the article forbids (``not_yet`` or ``avoid``), the article's rule comes back for that treatment: people are shown
both, and the stricter one decides. "Ask your professional" is no ban: there the clinic, which is that professional,
gives the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone

from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.rules import Rule
from knowledge.aftercare.windows import turning_points, window, word_at

BANS = frozenset({"not_yet", "avoid"})
BESIDE = "-in-the-articles"
"""What the id of an article's rule ends with when it stands beside the clinic's."""
STRICTNESS = ("must", "should", "may")
SAMPLE = datetime(2030, 1, 15, 12, tzinfo=timezone.utc)
"""Stands for the treatment where nobody knows when it was."""

_MOMENT = timedelta(seconds=1)
_YEAR = timedelta(days=366)


def merged(articles: Sequence[Rule], clinics: Iterable[Rule]) -> tuple[list[Rule], dict[str, Rule]]:
    """The rules with the clinic's in their places, and by id the article's rule behind a clinic's."""
    given = {rule.id: rule for rule in articles}
    own = {rule.id: rule for rule in clinics}
    behind = {name: given[name].copy(update={"id": f"{name}{BESIDE}"}) for name in own if name in given}
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
