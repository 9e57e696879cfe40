"""Checks of a clinic's own answers: every ``answers*.yml`` in the clinic's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.core.content.citations import cited_ids
from assistant.core.content.clinic_answers import KEY, ClinicAnswer
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.topics import Topic, load_topics
from assistant.core.content.yaml_files import line_of, read_records, read_yaml
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.references import given_twice, unknown

LONGEST = 90
"""Words of an answer that fits on a phone."""

_MARKDOWN_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_BRACE = re.compile(r"\S*[{}]\S*")


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of all files, the example included."""
    for path in sorted((material.root / "clinic").glob("answers*.yml")):
        yield from use_issues(path, material.data)
        yield from _length_issues(path)


def use_issues(path: Path, data: Path) -> Iterator[Issue]:
    """Yield the issues that make a file unusable: all except the length of texts."""
    try:
        answers = read_records(path, KEY, ClinicAnswer)
        topics = load_topics(data)
    except ContentError as error:
        yield from (issue for issue in error.issues if issue.path == str(path))
        return
    yield from _stray_keys(path)
    yield from given_twice(str(path), "answer to", (answer.topic for answer in answers))
    for number, answer in enumerate(answers):
        issues = list(_answer_issues(str(path), answer, topics))
        line = line_of(path, (KEY, number)) if issues else 0
        yield from (replace(issue, line=line) for issue in issues)


def _stray_keys(path: Path) -> Iterator[Issue]:
    for key in read_yaml(path):
        if key != KEY:
            expected = f"{KEY}: alone, and all answers below it after two spaces"
            yield Issue(str(path), "unknown key", key, expected, line_of(path, (str(key),)))


def _answer_issues(path: str, answer: ClinicAnswer, topics: dict[str, Topic]) -> Iterator[Issue]:
    place = f"answer to {answer.topic}"
    where = "data/topics.yml"
    yield from unknown(path, place, "topic", [answer.topic], topics, where=where)
    yield from unknown(path, f"{place}, buttons", "topic", answer.buttons, topics, where=where)
    if answer.topic in topics and topics[answer.topic].own_answer:
        problem = f"{place}: this topic always has the assistant's own answer"
        yield Issue(path, problem, expected="another topic of data/topics.yml")
    for text in filter(None, (answer.text, answer.details)):
        yield from _text_issues(path, place, text)


def _text_issues(path: str, place: str, text: str) -> Iterator[Issue]:
    for link in _MARKDOWN_LINK.findall(text):
        yield Issue(path, f"{place}: a link that nobody can tap", link, "link: https://… below the text")
    for name in cited_ids(text):
        yield Issue(
            path, f"{place}: cites a source; the clinic itself is the source", f"[{name}]", "no brackets"
        )
    for brace in _BRACE.findall(text):
        yield Issue(path, f"{place}: a brace that belongs to no placeholder", brace, "the words themselves")


def _length_issues(path: Path) -> Iterator[Issue]:
    try:
        answers = read_records(path, KEY, ClinicAnswer)
    except ContentError:
        return
    for answer in answers:
        length = len(answer.text.split())
        if length > LONGEST:
            problem = f"answer to {answer.topic}: too long"
            yield Issue(str(path), problem, f"{length} words", f"at most {LONGEST}; the rest under details:")
