"""Expected answers in the format of the held-out files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import root_validator

from assistant.core.aftercare.rules import Word
from assistant.core.content.topics import load_topics
from assistant.core.content.yaml_files import Record
from assistant.core.protocol import Outcome
from testbed.environment import ROOT

ENTITIES = ("concern", "condition", "product", "activity", "body_area")
_IN_METADATA = ("topic", "outcome", "verdict", "concern", "condition", "activity")
_FIELDS = frozenset({*ENTITIES, *_IN_METADATA})
_NO_ANSWERS = ("clarify", "error")


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
    def _one_value_is_written_without_a_list(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {key: either(value) if key in _FIELDS else value for key, value in given.items()}

    @property
    def entities(self) -> list[tuple[str, str]]:
        """Every entity with every value of it that is right."""
        return [(entity, value) for entity in ENTITIES for value in getattr(self, entity)]

    def fits(self, metadata: Mapping[str, Any]) -> bool:
        """Return whether an answer with that metadata is right; a clarification is none unless it is expected."""
        if not self.outcome and metadata.get("outcome") in _NO_ANSWERS:
            return False
        others = (field for field in _IN_METADATA if field != "topic" and getattr(self, field))
        return self._fits_topic(metadata) and all(
            metadata.get(field) in getattr(self, field) for field in others
        )

    def _fits_topic(self, metadata: Mapping[str, Any]) -> bool:
        """The topic itself, or one that was split from it."""
        topic = metadata.get("topic")
        return not self.topic or topic in self.topic or _wider().get(str(topic)) in self.topic


@cache
def _wider() -> dict[str, str]:
    return {topic.id: topic.wider for topic in load_topics(ROOT / "data").values() if topic.wider}


def all_fit(asks: Sequence[Expected], answers: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether each question got its answer, in order, and none is left over; neighbours may share one."""
    if not asks or not answers:
        return not asks and not answers
    if not asks[0].fits(answers[0]):
        return False
    shared = len(asks) > 1 and all_fit(asks[1:], answers)
    return shared or all_fit(asks[1:], answers[1:])


def either(given: object) -> object:
    """One value, or a list of values that are all right."""
    return (given,) if isinstance(given, str) else given


def each_answer(given: list[object]) -> list[object]:
    """A list of answers in which a topic, or a list of topics that are all right, stands for the whole answer."""
    return [answer if isinstance(answer, dict) else {"topic": answer} for answer in given]
