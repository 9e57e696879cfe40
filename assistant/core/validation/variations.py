"""Checks of the variations of a response, which depend on the entities in the message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.content.topics import Topic
from assistant.core.dialogue.message_builder import OTHER, VARIATION_ENTITIES
from assistant.core.protocol import NOT_COVERED
from assistant.core.validation.entity_values import ALARM, covered_values
from assistant.core.validation.project_content import Answer, ProjectContent
from assistant.core.validation.references import unknown


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield variations for unknown slots or values, values without a variation, and duplicate variations."""
    for answer in material.answers:
        yield from _condition_issues(material, answer)
        yield from _metadata_issues(answer)
    for answers in _by_name(material).values():
        yield from _default_issues(answers)
        yield from _given_twice(answers)
    for topic in material.topics:
        yield from _missing(material, topic)


def _condition_issues(material: ProjectContent, answer: Answer) -> Iterator[Issue]:
    path = str(answer.path)
    for condition in answer.response.condition:
        if material.is_whole("domain"):
            yield from unknown(path, answer.place, "slot", [condition.name], material.domain.slots)
        known = covered_values(material, condition.name)
        if known is not None:
            others = () if condition.name == ALARM else (OTHER,)
            yield from unknown(path, answer.place, condition.name, [str(condition.value)], [*known, *others])


def _metadata_issues(answer: Answer) -> Iterator[Issue]:
    """Yield metadata that differ from the condition, although both name the subject of the answer."""
    wanted = {
        condition.name: condition.value for condition in answer.response.condition if condition.value != OTHER
    }
    for entity in VARIATION_ENTITIES:
        got, expected = getattr(answer.response.metadata, entity), wanted.get(entity)
        if got != expected:
            yield Issue(
                str(answer.path),
                f"{answer.place}: the {entity} of the metadata is not the one of the condition",
                got=got or "none",
                expected=expected or "none",
            )


def _default_issues(answers: list[Answer]) -> Iterator[Issue]:
    first = answers[0]
    if all(answer.response.condition for answer in answers):
        yield Issue(str(first.path), f"{first.name}: has no variation without a condition")


def _given_twice(answers: list[Answer]) -> Iterator[Issue]:
    # Rasa would choose one of them at random
    seen: dict[object, int] = {}
    for answer in answers:
        key = frozenset((condition.name, str(condition.value)) for condition in answer.response.condition)
        if key in seen:
            yield Issue(str(answer.path), f"{answer.place}: same condition as variation {seen[key]}")
        seen.setdefault(key, answer.number)


def _missing(material: ProjectContent, topic: Topic) -> Iterator[Issue]:
    answers = _by_name(material).get(topic.response, [])
    if not answers or not material.is_whole("response"):
        return
    for entity in topic.entities:
        given = {str(part.value) for one in answers for part in one.response.condition if part.name == entity}
        for value in _wanted(material, entity, answers):
            if value not in given:
                path = str(answers[0].path)
                yield Issue(path, f"{topic.response}: no variation for {entity} {value}")


def _wanted(material: ProjectContent, entity: str, answers: list[Answer]) -> list[str]:
    """Return values that need a variation; ``other`` needs none if the general answer is "not covered" anyway."""
    admitted = any(
        not answer.response.condition and answer.response.metadata.outcome == NOT_COVERED
        for answer in answers
    )
    others = [] if admitted or entity == ALARM else [OTHER]
    covered = covered_values(material, entity)
    return [] if covered is None else [*covered, *others]


def _by_name(material: ProjectContent) -> dict[str, list[Answer]]:
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in material.answers:
        answers[answer.name].append(answer)
    return answers
