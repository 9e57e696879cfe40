"""Loading of the rules: the articles' and the clinic's, with their windows in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from assistant.core.aftercare.figures import Figures, load_figures, window_figures
from assistant.core.aftercare.rulebook import (
    Rulebook,
    load_calendar_wording,
    load_medicines,
    load_occasions,
    load_rules,
    merged_rules,
    roles_of,
)
from assistant.core.aftercare.rules import TEXTS, Rule
from assistant.core.content.articles import Source, cite
from assistant.core.content.clinic_answers import clinic_source
from assistant.core.content.content import Content
from assistant.core.content.duration_words import DurationWords, load_duration_words
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import read_yaml

OWN = re.compile(r"\{window((?:\.(?:start|end))?)\}")
"""Placeholder of a rule's own window, or of one of its ends."""


def load_rulebook(data: Path, clinic_rules: Path, content: Content) -> Rulebook:
    """Load the rules of the folder ``data``, and of the clinic's file if it exists.

    Raises:
        ContentError: a file is invalid, or a rule cites an unknown fact.
    """
    path = data / "aftercare.yml"
    own = load_rules(clinic_rules) if clinic_rules.is_file() else []
    rules, overridden = merged_rules(load_rules(path), own)
    extras = read_yaml(path)
    written = Rulebook(
        rules=tuple(rules),
        overridden=overridden,
        sources={rule.id: _sources(rule, path, content) for rule in (*rules, *overridden.values())},
        occasions=load_occasions(data),
        everyday=frozenset(extras.get("everyday") or ()),
        topics=roles_of(content.topics),
        medicines=load_medicines(data),
        calendar=load_calendar_wording(path, extras),
        contested=frozenset(rule.id for rule in rules if _is_contested(rule, content))
        | _replaced(overridden),
        labels={rule.id: label for rule in rules if (label := _label(rule, content)) is not None},
    )
    return _with_figures(written, load_figures(data, written, content.facts), load_duration_words(data))


def _with_figures(aftercare: Rulebook, figures: Figures, words: DurationWords) -> Rulebook:
    """Return the rules with the placeholders in their texts filled."""
    rules = tuple(_filled(rule, figures, words) for rule in aftercare.rules)
    overridden = {name: _filled(rule, figures, words) for name, rule in aftercare.overridden.items()}
    return replace(aftercare, rules=rules, overridden=overridden)


def _filled(rule: Rule, figures: Figures, words: DurationWords) -> Rule:
    own = dict(window_figures(rule.id, rule, words))
    texts = {field: getattr(rule, field) for field in TEXTS}
    try:
        return rule.copy(
            update={field: text and figures.fill(_own(text, rule, own)) for field, text in texts.items()}
        )
    except KeyError as error:
        problem = f"rule {rule.id}: placeholder without a value"
        raise ContentError([Issue("aftercare", problem, f"{{{error.args[0]}}}")]) from error


def _own(text: str, rule: Rule, values: Mapping[str, str]) -> str:
    return OWN.sub(lambda match: values[f"window:{rule.id}{match[1]}"], text)


def _is_contested(rule: Rule, content: Content) -> bool:
    return any(content.facts[name].conflicts_with for name in rule.facts)


def _replaced(overridden: Mapping[str, Rule]) -> frozenset[str]:
    """Return the ids of the articles' rules that a clinic's rule replaces."""
    return frozenset(rule.id for rule in overridden.values())


def _label(rule: Rule, content: Content) -> str | None:
    """Return the rule's subject, or else the labels of the products, or activities, that it names."""
    kind, names = ("product", rule.products) if rule.products else ("activity", rule.activities)
    labels = dict.fromkeys(content.lexicon[kind][name].label for name in names)
    label = rule.subject or ", ".join(labels)
    return label[:1].upper() + label[1:] or None


def _sources(rule: Rule, path: Path, content: Content) -> list[Source]:
    unknown = [fact for fact in rule.facts if fact not in content.facts]
    if unknown:
        raise ContentError([Issue(str(path), f"rule {rule.id}: unknown fact", got=fact) for fact in unknown])
    sources = cite(rule.facts, content.facts, content.articles)
    if rule.section is None:
        return sources
    return [clinic_source(content.placeholders["clinic_name"], rule.section), *sources]
