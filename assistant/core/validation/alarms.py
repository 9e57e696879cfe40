"""Checks of alarm signs: ``data/en/alarms.yml``. Levels are validated when the file is read."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.content.language import LANGUAGE
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import given_twice


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield duplicate ids and alarms without signs."""
    path = material.path("data", LANGUAGE, "alarms.yml")
    yield from given_twice(path, "alarm", (alarm.id for alarm in material.alarms))
    for alarm in material.alarms:
        yield from given_twice(path, f"alarm {alarm.id}, sign", alarm.signs)
        if not alarm.signs:
            yield Issue(path, f"alarm {alarm.id}: has no signs", expected="signs: [...]")
