"""Numbers with one owner, filled into texts: ``{window:RULE}`` from a rule, ``{fact:FACT.NAME}`` from a fact.

A window is that of the clinic's own rule where it overrides the articles'; of a laxer one, the articles' counts.
``{window:RULE.start}`` and ``{window:RULE.end}`` are its ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.core.aftercare.durations import Duration
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, Rulebook
from assistant.core.aftercare.rules import Rule
from assistant.core.content.articles import Fact
from assistant.core.content.citations import spans, with_targets
from assistant.core.content.duration_words import DurationWords, Unit, load_duration_words
from assistant.core.protocol import instruction

PLACEHOLDER = re.compile(r"{((?:window|fact):[^{}\s]+)}")
"""A placeholder of a figure; its name is the first group."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAYS_A_WEEK, _MONTHS_A_YEAR, _SECONDS_AN_HOUR, _SECONDS_A_MINUTE = 7, 12, 3600, 60
Amount = tuple[int, Unit]
"""A number of units."""


@dataclass(frozen=True)
class Figures:
    """Values of the placeholders, and which of them are the clinic's."""

    values: Mapping[str, str]
    """By name: ``window:no-make-up`` is "24 hours"."""
    overridden: Mapping[str, Collection[str]]
    """Facts that a clinic's window replaces, by its rule: what states the window must not cite them."""

    def fill(self, text: str) -> str:
        """Return the text with its figures; what states a clinic's window cites the clinic."""
        cited = "".join(self._cited(stated, citation) for stated, citation in spans(text))
        return PLACEHOLDER.sub(lambda match: self.values[match[1]], cited)

    def _cited(self, stated: str, citation: str) -> str:
        sentence = _SENTENCE_END.split(stated)[-1]
        rules = [name.removeprefix("window:").partition(".")[0] for name in PLACEHOLDER.findall(sentence)]
        targets = {fact: instruction(rule) for rule in rules for fact in self.overridden.get(rule, ())}
        return stated + with_targets(citation, targets)


def load_figures(data: Path, aftercare: Rulebook, facts: Mapping[str, Fact]) -> Figures:
    """Return the figures of the rules in force and of the facts, in words.

    Raises:
        ContentError: the wording of durations is missing or invalid.
    """
    words = load_duration_words(data)
    values = dict(fact_figures(facts, words))
    overridden: dict[str, Collection[str]] = {}
    counting = {rule.id: rule for rule in aftercare.in_force(None)}
    for rule in aftercare.rules:
        article = aftercare.overridden.get(rule.id)
        # where the clinic names no end, texts go on naming that of the articles
        values.update(window_figures(rule.id, article, words) if article else ())
        own = dict(window_figures(rule.id, rule, words))
        if article is None or f"{rule.id}{ARTICLE_SUFFIX}" not in counting:
            values.update(own)
            overridden.update({rule.id: article.facts} if article and own else {})
    return Figures(values, overridden)


def fact_figures(facts: Mapping[str, Fact], words: DurationWords) -> Iterator[tuple[str, str]]:
    """Yield the placeholders of facts with their values in words.

    Raises:
        ValueError: a value is neither a number, a duration nor a range of either.
    """
    for fact in facts.values():
        for name, value in fact.values.items():
            yield f"fact:{fact.id}.{name}", say_value(value, words)


def window_figures(name: str, rule: Rule, words: DurationWords) -> Iterator[tuple[str, str]]:
    """Yield the placeholders of a rule's window with their values in words; a rule for any time has none."""
    window = say_window(rule, words)
    if window is not None:
        yield f"window:{name}", window
    for end in ("start", "end"):
        duration = getattr(rule, end)
        if duration is not None and amount(duration)[0]:
            yield f"window:{name}.{end}", words.quantity(*amount(duration))


def say_value(value: str, words: DurationWords) -> str:
    """Return a number, a duration or a range of either in words.

    Raises:
        ValueError: it is none of these.
    """
    first, is_range, last = value.partition("/")
    if _NUMBER.fullmatch(first) and (not is_range or _NUMBER.fullmatch(last)):
        return words.range.format(first=first, last=last) if is_range else first
    if not is_range:
        return words.quantity(*amount(Duration.parse(first)))
    return _range(Duration.parse(first), Duration.parse(last), words)


def say_window(rule: Rule, words: DurationWords) -> str | None:
    """Return how long a rule counts: "24 hours", "a week", "days 3 to 5", "4 to 5 weeks"; ``None`` without limits."""
    near, far = (rule.end, rule.start) if rule.direction == "before" else (rule.start, rule.end)
    lasting = [each for each in (near, far) if each is not None and amount(each)[0]]
    if rule.whole_days and near is not None and far is not None:
        return _whole_days(near.days, far.days, words)
    if len(lasting) == 2:
        return _range(lasting[0], lasting[1], words)
    return words.quantity(*amount(lasting[0])) if lasting else None


def amount(duration: Duration) -> Amount:
    """Return the duration in its largest unit without a rest; hours are never turned into days."""
    if duration.months:
        years, rest = divmod(duration.months, _MONTHS_A_YEAR)
        return (duration.months, "month") if rest else (years, "year")
    if duration.days:
        weeks, rest = divmod(duration.days, _DAYS_A_WEEK)
        return (duration.days, "day") if rest else (weeks, "week")
    hours, rest = divmod(duration.seconds, _SECONDS_AN_HOUR)
    return (duration.seconds // _SECONDS_A_MINUTE, "minute") if rest else (hours, "hour")


def _range(first: Duration, last: Duration, words: DurationWords) -> str:
    (low, low_unit), (high, high_unit) = _alike(first, last)
    begin = str(low) if low_unit == high_unit else words.quantity(low, low_unit)
    return words.range.format(first=begin, last=words.quantity(high, high_unit))


def _alike(first: Duration, last: Duration) -> tuple[Amount, Amount]:
    """Return both in one unit where they can be: 15 to 30 days, not 15 days to 4 weeks and 2 days."""
    pair = amount(first), amount(last)
    if {unit for _, unit in pair} == {"day", "week"}:
        return (first.days, "day"), (last.days, "day")
    return pair


def _whole_days(first: int, last: int, words: DurationWords) -> str:
    if first:
        return words.days.format(first=first, last=last)
    return words.quantity(last + 1, "day") if last else words.same_day
