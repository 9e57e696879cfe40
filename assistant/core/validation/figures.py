"""Checks that no text repeats a number that a rule owns: its window stands there as ``{window:RULE}``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.core.aftercare.durations import Duration
from assistant.core.aftercare.figures import PLACEHOLDER, Amount, amount, fact_figures, window_figures
from assistant.core.aftercare.rulebook import load_rules
from assistant.core.aftercare.rules import Rule
from assistant.core.content.articles import Fact
from assistant.core.content.citations import without_citations
from assistant.core.content.duration_words import DurationWords, Unit, load_duration_words
from assistant.core.content.issues import Issue, nearest
from assistant.core.validation.comparison import loaded
from assistant.core.validation.project_content import Answer, ProjectContent

Span = tuple[Amount, ...]
"""One amount, or the two ends of a range."""


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield values that are no numbers, unknown figures, and literal numbers that a rule owns."""
    figures = FigureCheck.of(project)
    if figures is None:
        return  # reported when the files are read
    yield from _value_issues(project, figures.words)
    for answer in project.answers:
        for text in answer.texts:
            yield from figures.issues(str(answer.path), answer.place, text, _owners(answer, figures))


def _owners(answer: Answer, figures: FigureCheck) -> Sequence[Rule]:
    """Return the rules on the topic of the answer, and those that rest on a fact that it cites."""
    cited = set(answer.response.facts)
    return [rule for rule in figures.rules if answer.topic in rule.topics or not cited.isdisjoint(rule.facts)]


def _value_issues(project: ProjectContent, words: DurationWords) -> Iterator[Issue]:
    for fact in project.facts:
        try:
            dict(fact_figures({fact.entry.id: fact.entry}, words))
        except ValueError as error:
            problem = f"fact {fact.entry.id}, values: {error}"
            yield Issue(
                str(fact.path), problem, expected="a number, a duration, or a range such as PT12H/PT24H"
            )


@dataclass(frozen=True)
class FigureCheck:
    """Figures that texts may name, and the numbers that they must not repeat."""

    rules: Sequence[Rule]
    facts: Mapping[str, Fact]
    words: DurationWords

    @classmethod
    def of(cls, project: ProjectContent) -> FigureCheck | None:
        """Return the check for this content; ``None`` if one of its files cannot be read."""
        rules = loaded(lambda: load_rules(project.data / "aftercare.yml"))
        words = loaded(lambda: load_duration_words(Path(project.data)))
        if rules is None or words is None or not project.is_whole("fact"):
            return None
        return cls(rules, {fact.entry.id: fact.entry for fact in project.facts}, words)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """All placeholders with their values in words."""
        windows = (figure for rule in self.rules for figure in window_figures(rule.id, rule, self.words))
        return dict(windows) | self._fact_values()

    def _fact_values(self) -> dict[str, str]:
        try:
            return dict(fact_figures(self.facts, self.words))
        except ValueError:  # reported with the fact
            return {}

    def issues(self, path: str, place: str, text: str, owners: Sequence[Rule]) -> Iterator[Issue]:
        """Yield the unknown figures of a text, and the numbers in it that one of the rules owns."""
        for name in PLACEHOLDER.findall(text):
            if name not in self.known:
                yield Issue(
                    path, f"{place}: unknown figure", got=f"{{{name}}}", expected=nearest(name, self.known)
                )
        owned = self._owned(owners)
        for literal, span in self.literals(PLACEHOLDER.sub("…", without_citations(text))):
            if span in owned:
                windows = " or ".join(f"{{window:{name}}}" for name in owned[span])
                own = f"{windows}; {{fact:…}} for what one source says"
                yield Issue(path, f"{place}: a number that a rule owns", got=literal, expected=own)

    def _owned(self, rules: Sequence[Rule]) -> dict[Span, list[str]]:
        owned: dict[Span, list[str]] = defaultdict(list)
        for rule in rules:
            ends = [(name, getattr(rule, name)) for name in ("start", "end")]
            lasting = [(name, _plain(each)) for name, each in ends if each is not None and amount(each)[0]]
            if len(lasting) == 2:
                owned[tuple(each for _, each in lasting)].append(rule.id)
            for name, each in lasting:
                owned[(each,)].append(f"{rule.id}.{name}" if len(lasting) == 2 else rule.id)
        return owned

    def literals(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield the durations and ranges that are typed in a text, with their amounts."""
        for match in self._pattern.finditer(text.lower()):
            numbers = [match[name] for name in ("first", "last") if match[name]]
            days = [match[name] for name in ("day", "until") if match[name]]
            unit: Unit = "day" if days else self._units[match["unit"]]
            yield match.group(), tuple(_same(self._number(each), unit) for each in numbers or days)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {word: unit for unit, known in self.words.units.items() for word in known.words}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = self.words
        number = rf"(?:\d+|{_any((*words.one_words, *words.number_words))})"
        between = rf"\s*(?:{_any(words.range_words)})\s*"
        unit, days = _any(tuple(self._units)), _any(words.units["day"].words)
        return re.compile(
            rf"\b(?P<first>{number})(?:{between}(?P<last>{number}))?[\s-](?P<unit>{unit})\b"
            rf"|\b(?:{days})\s(?P<day>\d+)(?:{between}(?P<until>\d+))?\b"
        )

    def _number(self, text: str) -> int:
        if text.isdigit():
            return int(text)
        return 1 if text in self.words.one_words else self.words.number_words.index(text) + 1


def _plain(duration: Duration) -> Amount:
    return _same(*amount(duration))


def _same(number: int, unit: Unit) -> Amount:
    """Return weeks as days: seven days are a week."""
    return (7 * number, "day") if unit == "week" else (number, unit)


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
