"""Checks of answers: their set and references, the facts that support them, and their variations by entity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from assistant.core.content.citations import cited_ids
from assistant.core.content.issues import Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.topics import Topic
from assistant.core.dialogue.message_builder import OTHER, VARIATION_ENTITIES
from assistant.core.protocol import ANSWERED, FOLLOW_UP_REPLIES, NOT_COVERED, is_clinics
from assistant.core.validation.comparison import given_twice, unknown, unknown_facts, unknown_topics
from assistant.core.validation.lexicon import ALARM, covered_values
from assistant.core.validation.project_content import Answer, ProjectContent

CLARIFICATION = "utter_nlu_fallback"
"""Response that asks which topic is meant."""
WITHOUT_TOPIC = frozenset(
    {
        CLARIFICATION,
        "utter_ask_date",
        "utter_acknowledge",
        "utter_start_over",
        "utter_stop",
        "utter_unclear_symptom",
        "utter_yes_or_no",
        *(f"utter_{reply}" for reply in FOLLOW_UP_REPLIES),
    }
)
"""Responses without a topic: they ask something, or are about the previous answer."""
NEED_FACTS = frozenset({ANSWERED, NOT_COVERED})
"""Outcomes that cite the articles; ``not_covered`` names related content, which is based on facts, too."""
_BRACKETS = re.compile(r"\[[^\]]*\]?(?!\()")


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of the set of answers, of their evidence and of their variations."""
    yield from _set_issues(project)
    yield from _evidence_issues(project)
    yield from _variation_issues(project)


def _set_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield topics without an answer, answers without a topic or in the wrong file, and unknown references."""
    yield from _unanswered(project)
    yield from _given_twice(project)
    for answer in project.answers:
        yield from _misnamed(project, answer)
        yield from _references(project, answer)


def _unanswered(project: ProjectContent) -> Iterator[Issue]:
    answered = {answer.name for answer in project.answers}
    for topic in project.topics if project.is_whole("response") else ():
        if topic.response not in answered:
            path = project.path("data", LANGUAGE, "responses", f"{topic.group}.yml")
            yield Issue(path, f"topic {topic.id} has no answer", expected=topic.response)


def _given_twice(project: ProjectContent) -> Iterator[Issue]:
    files: dict[str, set[Path]] = defaultdict(set)
    for answer in project.answers:
        files[answer.name].add(answer.path)
    for name, paths in files.items():
        first, *others = sorted(paths)
        for path in others:
            yield Issue(str(path), f"{name}: given twice", got=f"already in {first}")


def _misnamed(project: ProjectContent, answer: Answer) -> Iterator[Issue]:
    if answer.name in WITHOUT_TOPIC or not project.is_whole("topic"):
        return
    topic = next((topic for topic in project.topics if topic.response == answer.name), None)
    path = str(answer.path)
    if topic is None:
        yield Issue(path, f"{answer.place}: answers no topic", expected="utter_<topic of data/topics.yml>")
        return
    if answer.path.stem != topic.group:
        belongs = project.path("data", LANGUAGE, "responses", f"{topic.group}.yml")
        yield Issue(path, f"{answer.place}: stands in the file of another group", expected=belongs)
    if answer.response.metadata.topic != topic.id:
        named = answer.response.metadata.topic
        yield Issue(
            path, f"{answer.place}: its topic is not the one of its name", got=named, expected=topic.id
        )


def _references(project: ProjectContent, answer: Answer) -> Iterator[Issue]:
    path, metadata = str(answer.path), answer.response.metadata
    if answer.name in WITHOUT_TOPIC:
        yield from unknown_topics(project, path, answer.place, [metadata.topic])
    yield from unknown_facts(project, path, answer.place, answer.response.facts)
    yield from unknown_topics(project, path, f"{answer.place}, near", metadata.near)
    yield from given_twice(path, f"{answer.place}, near", metadata.near)
    if answer.topic in metadata.near:
        yield Issue(path, f"{answer.place}, near: names the topic itself")


def _evidence_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield answers without facts, brackets that cite nothing, and gaps presented as answers."""
    for answer in project.answers:
        yield from _uncarried(answer)
        yield from _wrong_basis(answer)
        yield from _miscited(answer)
        yield from _untold_gap(project, answer)


def _uncarried(answer: Answer) -> Iterator[Issue]:
    metadata = answer.response.metadata
    if metadata.outcome in NEED_FACTS and metadata.basis is None and not answer.response.facts:
        expected = "[id-of-a-fact] behind what it says, or basis: safety"
        yield Issue(str(answer.path), f"{answer.place}: cites no fact", expected=expected)


def _wrong_basis(answer: Answer) -> Iterator[Issue]:
    basis, place = answer.response.metadata.basis, f"{answer.place}: basis"
    if basis in ("sources", "clinic"):
        yield Issue(str(answer.path), f"{place} follows from what it cites", basis, "no basis, or safety")
    if basis == "safety" and answer.response.facts:
        expected = "no basis, and [safety] behind the sentences that are common sense"
        yield Issue(str(answer.path), f"{place} is common sense, and it cites facts", expected=expected)


def _miscited(answer: Answer) -> Iterator[Issue]:
    for text in answer.texts:
        for bracket in _BRACKETS.findall(text):
            names = cited_ids(bracket)
            if any(map(is_clinics, names)):
                problem = f"{answer.place}: cites the clinic, whose instructions stand in its own files"
                yield Issue(str(answer.path), problem, got=bracket)
            elif not names and bracket != "[safety]":
                expected = "[id-of-a-fact] or [id, id]; numbers are put in by the program"
                yield Issue(str(answer.path), f"{answer.place}: is no citation", bracket, expected)


def _untold_gap(project: ProjectContent, answer: Answer) -> Iterator[Issue]:
    uncovered = {topic.id for topic in project.topics if not topic.covered}
    metadata = answer.response.metadata
    if answer.topic in uncovered and metadata.outcome != NOT_COVERED:
        yield Issue(
            str(answer.path),
            f"{answer.place}: the articles do not cover this topic, and the answer does not say so",
            got=f"outcome {metadata.outcome}",
            expected=NOT_COVERED,
        )
    if metadata.outcome == NOT_COVERED and not metadata.near:
        yield Issue(
            str(answer.path), f"{answer.place}: offers nothing that is covered", expected="near: [...]"
        )


def _variation_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield variations for unknown slots or values, values without a variation, and duplicate variations."""
    for answer in project.answers:
        yield from _condition_issues(project, answer)
        yield from _metadata_issues(answer)
    for answers in _by_name(project).values():
        yield from _default_issues(answers)
        yield from _same_condition(answers)
    for topic in project.topics:
        yield from _missing_variations(project, topic)


def _condition_issues(project: ProjectContent, answer: Answer) -> Iterator[Issue]:
    path = str(answer.path)
    for condition in answer.response.condition:
        if project.is_whole("domain"):
            yield from unknown(path, answer.place, "slot", [condition.name], project.domain.slots)
        known = covered_values(project, condition.name)
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


def _same_condition(answers: list[Answer]) -> Iterator[Issue]:
    # Rasa would choose one of them at random
    seen: dict[object, int] = {}
    for answer in answers:
        key = frozenset((condition.name, str(condition.value)) for condition in answer.response.condition)
        if key in seen:
            yield Issue(str(answer.path), f"{answer.place}: same condition as variation {seen[key]}")
        seen.setdefault(key, answer.number)


def _missing_variations(project: ProjectContent, topic: Topic) -> Iterator[Issue]:
    answers = _by_name(project).get(topic.response, [])
    if not answers or not project.is_whole("response"):
        return
    for entity in topic.entities:
        given = {str(part.value) for one in answers for part in one.response.condition if part.name == entity}
        for value in _wanted(project, entity, answers):
            if value not in given:
                path = str(answers[0].path)
                yield Issue(path, f"{topic.response}: no variation for {entity} {value}")


def _wanted(project: ProjectContent, entity: str, answers: list[Answer]) -> list[str]:
    """Return values that need a variation; ``other`` needs none if the general answer is "not covered" anyway."""
    admitted = any(
        not answer.response.condition and answer.response.metadata.outcome == NOT_COVERED
        for answer in answers
    )
    others = [] if admitted or entity == ALARM else [OTHER]
    covered = covered_values(project, entity)
    return [] if covered is None else [*covered, *others]


def _by_name(project: ProjectContent) -> dict[str, list[Answer]]:
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in project.answers:
        answers[answer.name].append(answer)
    return answers
