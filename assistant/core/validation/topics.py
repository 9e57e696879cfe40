"""Checks of the topics, ``data/topics.yml``, and of Rasa's files against them: ``domain.yml``, ``data/rules``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.topics import Intent, generated_files, rules_file
from assistant.core.validation.comparison import given_twice, unknown, unknown_intents, unknown_topics
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.project_files import RasaRule

LONGEST_LABEL = 40  # characters that fit on a button


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of topics, generated files and rules."""
    yield from _topic_issues(project)
    yield from _file_issues(project)


def _topic_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and labels, labels too long for a button, and unknown entities or topics."""
    path = project.path("data", "topics.yml")
    yield from given_twice(path, "topic", (each.id for each in (*project.topics, *project.intents)))
    yield from given_twice(path, "label", (topic.label.casefold() for topic in project.topics))
    for topic in project.topics:
        place = f"topic {topic.id}"
        if len(topic.label) > LONGEST_LABEL:
            yield Issue(
                path,
                f"{place}: the label is too long for a button",
                got=f"{len(topic.label)} characters",
                expected=f"at most {LONGEST_LABEL}",
            )
        yield from unknown_topics(
            project, path, place, [each for each in (topic.counterpart, topic.wider) if each]
        )
        if project.is_whole("domain"):
            yield from unknown(path, place, "entity", topic.entities, project.domain.entities)
    for intent in (*project.topics, *project.intents):
        general = [intent.general] if intent.general else []
        yield from unknown_topics(project, path, f"{intent.id}, general", general)


def _file_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield generated files that are out of date, and rules with an unknown intent or a wrong answer."""
    if project.is_whole("topic", "domain"):
        yield from _out_of_date(project)
    for rule in project.rules:
        if rule.path != rules_file(project.data):
            yield from _rule_issues(project, rule)


def _out_of_date(project: ProjectContent) -> Iterator[Issue]:
    try:
        wanted = generated_files(project.root)
    except ContentError as error:
        yield from error.issues
        return
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Issue(str(path), "is out of date with data/topics.yml", expected="make content")


def _rule_issues(project: ProjectContent, rule: Placed[RasaRule]) -> Iterator[Issue]:
    path, place = str(rule.path), f"rule {rule.entry.name}"
    intents: dict[str, Intent] = {each.id: each for each in (*project.topics, *project.intents)}
    yield from unknown_intents(project, path, place, rule.entry.intents)
    utters = [action for action in rule.entry.actions if action.startswith("utter_")]
    if project.is_whole("response"):
        yield from unknown(path, place, "response", utters, {answer.name for answer in project.answers})
    own = {intents[each].response for each in rule.entry.intents if each in intents}
    if own and utters and own.isdisjoint(utters):
        yield Issue(
            path, f"{place}: answers something else", got=", ".join(utters), expected=" or ".join(sorted(own))
        )
