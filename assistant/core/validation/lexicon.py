"""Checks of the terms of entities, ``data/en/lexicon``, and of alarm signs, ``data/en/alarms.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from assistant.core.content.alarms import BEFORE_SESSION, Alarm
from assistant.core.content.issues import Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.lexicon import Entry
from assistant.core.protocol import MEDICAL, PERSONAL, REMARK
from assistant.core.validation.comparison import given_twice, unknown
from assistant.core.validation.project_content import Placed, ProjectContent

ALARM = "alarm"
"""Entity that has levels instead of a lexicon."""
LEVELS: tuple[str, ...] = (*get_args(Alarm.__fields__["level"].outer_type_), BEFORE_SESSION)


def covered_values(project: ProjectContent, entity: str) -> list[str] | None:
    """Return the covered ids of the entity's lexicon, or the levels of alarms; ``None`` if there is no lexicon."""
    if entity == ALARM:
        return list(LEVELS)
    entries = next((file.entry for file in project.lexicon if file.path.stem == entity), None)
    if entries is None:
        return None
    found = [PERSONAL, MEDICAL] if entity == REMARK else []
    return [*(entry.id for entry in entries if entry.covered), *found]


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of terms and of alarm signs."""
    yield from _lexicon_issues(project)
    yield from _alarm_issues(project)


def _lexicon_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and terms, terms not in lower case, files without an entity and entities without a file."""
    yield from _missing(project)
    for file in project.lexicon:
        path = str(file.path)
        yield from given_twice(path, "id", (entry.id for entry in file.entry))
        yield from given_twice(
            path, "term", (term.casefold() for entry in file.entry for term in entry.terms)
        )
        yield from _term_issues(file)
        if project.is_whole("domain"):
            yield from unknown(path, "the file's name", "entity", [file.path.stem], project.domain.entities)


def _missing(project: ProjectContent) -> Iterator[Issue]:
    present = {file.path.stem for file in project.lexicon}
    wanted = dict.fromkeys(entity for topic in project.topics for entity in topic.entities if entity != ALARM)
    for entity in wanted if project.is_whole("lexicon") else ():
        if entity not in present:
            yield Issue(
                project.path("data", LANGUAGE, "lexicon", f"{entity}.yml"),
                "is missing",
                expected=f"words for {entity}s",
            )


def _term_issues(file: Placed[list[Entry]]) -> Iterator[Issue]:
    for entry in file.entry:
        if not entry.terms:
            yield Issue(str(file.path), f"id {entry.id}: has no terms", expected="terms: [...]")
        for term in entry.terms:
            if term != term.lower():
                yield Issue(
                    str(file.path),
                    f"id {entry.id}: a term is not in lower case",
                    got=term,
                    expected=term.lower(),
                )


def _alarm_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and alarms without signs."""
    path = project.path("data", LANGUAGE, "alarms.yml")
    yield from given_twice(path, "alarm", (alarm.id for alarm in project.alarms))
    for alarm in project.alarms:
        yield from given_twice(path, f"alarm {alarm.id}, sign", alarm.signs)
        if not alarm.signs:
            yield Issue(path, f"alarm {alarm.id}: has no signs", expected="signs: [...]")
