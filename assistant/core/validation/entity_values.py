"""What an entity can be, where the articles cover it."""

from __future__ import annotations

from typing import get_args

from assistant.core.content.alarms import BEFORE_SESSION, Alarm
from assistant.core.validation.project_content import ProjectContent

ALARM = "alarm"
"""The entity that has levels instead of a lexicon."""
LEVELS: tuple[str, ...] = (*get_args(Alarm.__fields__["level"].outer_type_), BEFORE_SESSION)


def covered_values(material: ProjectContent, entity: str) -> list[str] | None:
    """Ids of the lexicon that the articles cover, or an alarm's levels; ``None`` if nobody can tell."""
    if entity == ALARM:
        return list(LEVELS)
    entries = next((file.entry for file in material.lexicon if file.path.stem == entity), None)
    return None if entries is None else [entry.id for entry in entries if entry.covered]
