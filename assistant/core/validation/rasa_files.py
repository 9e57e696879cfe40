"""Rasa's rules and domain, reduced to the parts that the checks need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_yaml


class RasaRule(Record):
    """Intents and actions of a rule."""

    name: str
    intents: tuple[str, ...]
    actions: tuple[str, ...]


class Domain(Record):
    """Names that the domain declares."""

    intents: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


def load_rules(path: Path) -> list[RasaRule]:
    """Load the rules of one file.

    Raises:
        ContentError: the file has no rules, or a rule without steps.
    """
    content = read_yaml(path)
    rules = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(rules, list) or not all(_has_steps(rule) for rule in rules):
        raise ContentError(
            [Issue(str(path), "has no list of rules with steps", expected="rules: [{rule, steps}]")]
        )
    return [
        RasaRule(
            name=str(rule.get("rule", "")),
            intents=tuple(str(step["intent"]) for step in rule["steps"] if "intent" in step),
            actions=tuple(str(step["action"]) for step in rule["steps"] if "action" in step),
        )
        for rule in rules
    ]


def load_domain(path: Path) -> Domain:
    """Load the domain's intents, entities and slots.

    Raises:
        ContentError: the file cannot be read or is not a mapping.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ContentError([Issue(str(path), "is not a domain", expected="intents, entities, slots")])
    return Domain(**{key: _names(content.get(key)) for key in Domain.__fields__})


def _has_steps(rule: Any) -> bool:
    steps = rule.get("steps") if isinstance(rule, dict) else None
    return isinstance(steps, list) and all(isinstance(step, dict) for step in steps)


def _names(entries: Any) -> tuple[str, ...]:
    if not isinstance(entries, (list, dict)):
        return ()
    return tuple(str(next(iter(entry), "") if isinstance(entry, dict) else entry) for entry in entries)
