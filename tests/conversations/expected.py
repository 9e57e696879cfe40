"""What is a right answer, as the held-out files write it."""

from __future__ import annotations

from typing import Any

from pydantic import root_validator

from knowledge.aftercare.rules import Word
from knowledge.responses import Outcome
from knowledge.yaml_files import Record

ENTITIES = ("concern", "condition", "product", "activity", "body_area")
_FIELDS = frozenset({*ENTITIES, "topic", "outcome", "verdict"})


class Expected(Record):
    """One answer. Any of a field's values is right; a field without values doesn't matter."""

    topic: tuple[str, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    verdict: tuple[Word, ...] = ()
    concern: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    activity: tuple[str, ...] = ()
    body_area: tuple[str, ...] = ()

    @root_validator(pre=True)
    def _one_value_is_written_without_a_list(cls, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N805  pydantic hands over the class
        return {key: either(value) if key in _FIELDS else value for key, value in given.items()}

    @property
    def entities(self) -> list[tuple[str, str]]:
        """Every entity with every value of it that is right."""
        return [(entity, value) for entity in ENTITIES for value in getattr(self, entity)]


def either(given: object) -> object:
    """One value, or a list of values that are all right."""
    return (given,) if isinstance(given, str) else given


def each_answer(given: list[object]) -> list[object]:
    """A list of answers in which a topic, or a list of topics that are all right, stands for the whole answer."""
    return [answer if isinstance(answer, dict) else {"topic": answer} for answer in given]
