"""Values of entities that the articles cover."""

from __future__ import annotations

from typing import get_args

from assistant.core.content.alarms import BEFORE_SESSION, Alarm
from assistant.core.validation.project_content import ProjectContent

ALARM = "alarm"
"""Entity that has levels instead of a lexicon."""
LEVELS: tuple[str, ...] = (*get_args(Alarm.__fields__["level"].outer_type_), BEFORE_SESSION)


def covered_values(material: ProjectContent, entity: str) -> list[str] | None:
    """Return the covered ids of the entity's lexicon, or the levels of alarms; ``None`` if there is no lexicon."""
    if entity == ALARM:
        return list(LEVELS)
    entries = next((file.entry for file in material.lexicon if file.path.stem == entity), None)
    return None if entries is None else [entry.id for entry in entries if entry.covered]
