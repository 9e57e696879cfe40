"""Formats of files that only checks read: training phrases, held-out questions, Rasa's rules and domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records, read_yaml

_BULLET = "- "


class Phrase(Record):
    """A training phrase of a topic."""

    topic: str
    text: str


def load_phrases(path: Path) -> list[Phrase]:
    """Load the phrases of one file.

    Raises:
        ContentError: with every issue of the file.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("nlu"), list):
        raise ContentError(
            [Issue(str(path), "has no list under 'nlu'", expected="nlu: [{intent, examples}]")]
        )
    issues: list[Issue] = []
    phrases: list[Phrase] = []
    for number, entry in enumerate(content["nlu"], start=1):
        problem = _problem(entry)
        if problem:
            issues.append(
                Issue(str(path), f"nlu {number}: {problem}", expected="intent: …, examples: |, then - …")
            )
        else:
            phrases += [Phrase(topic=entry["intent"], text=text) for text in _texts(entry["examples"])]
    if issues:
        raise ContentError(issues)
    return phrases


def _problem(entry: Any) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get("intent"), str):
        return "is not an intent"
    if not isinstance(entry.get("examples"), str):
        return "has no examples as text"
    stray = next((line for line in _lines(entry["examples"]) if not line.startswith(_BULLET)), "")
    return f"a line does not start with '- ': {stray}" if stray else ""


def _lines(examples: str) -> Iterator[str]:
    return (line.strip() for line in examples.splitlines() if line.strip())


def _texts(examples: str) -> Iterator[str]:
    return (line.removeprefix(_BULLET).strip() for line in _lines(examples))


class TestQuestion(Record):
    """A question with its labels."""

    text: str
    style: str
    also: tuple[str, ...] = ()
    """Other correct topics."""
    urgent: bool = False
    concern: str | None = None
    condition: str | None = None


class QuestionFile(Record):
    """The questions of one topic."""

    topic: str
    questions: tuple[TestQuestion, ...]


def load_questions(path: Path) -> QuestionFile:
    """Load the questions of one file.

    Raises:
        ContentError: with every issue of the file.
    """
    questions = read_records(path, "questions", TestQuestion)
    topic = read_yaml(path).get("topic")
    if not isinstance(topic, str):
        raise ContentError([Issue(str(path), "has no topic", expected="topic: …")])
    return QuestionFile(topic=topic, questions=tuple(questions))


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
