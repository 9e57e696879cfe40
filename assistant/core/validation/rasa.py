"""Checks of Rasa's own files against the topics: ``domain.yml`` and ``data/rules``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.generated_files import generated_files, rules_file
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.topics import Intent
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.rasa_files import RasaRule
from assistant.core.validation.references import unknown, unknown_intents


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield generated files that are out of date, and rules with an unknown intent or a wrong answer."""
    if material.is_whole("topic", "domain"):
        yield from _out_of_date(material)
    for rule in material.rules:
        if rule.path != rules_file(material.data):
            yield from _rule_issues(material, rule)


def _out_of_date(material: ProjectContent) -> Iterator[Issue]:
    try:
        wanted = generated_files(material.root)
    except ContentError as error:
        yield from error.issues
        return
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Issue(str(path), "is out of date with data/topics.yml", expected="make content")


def _rule_issues(material: ProjectContent, rule: Placed[RasaRule]) -> Iterator[Issue]:
    path, place = str(rule.path), f"rule {rule.entry.name}"
    intents: dict[str, Intent] = {each.id: each for each in (*material.topics, *material.intents)}
    yield from unknown_intents(material, path, place, rule.entry.intents)
    utters = [action for action in rule.entry.actions if action.startswith("utter_")]
    if material.is_whole("response"):
        yield from unknown(path, place, "response", utters, {answer.name for answer in material.answers})
    own = {intents[each].response for each in rule.entry.intents if each in intents}
    if own and utters and own.isdisjoint(utters):
        yield Issue(
            path, f"{place}: answers something else", got=", ".join(utters), expected=" or ".join(sorted(own))
        )
