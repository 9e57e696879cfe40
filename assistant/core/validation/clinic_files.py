"""Validation of the clinic's own files, with a fallback to the last valid copy.

``make run`` keeps a copy of every valid file and lets the servers read the copies: a file that becomes invalid while
they run has no effect, and one that is invalid at the next start is replaced by its copy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assistant.core.content.citations import cited_ids
from assistant.core.content.clinic import load_clinic
from assistant.core.content.clinic_answers import KEY, ClinicAnswer
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.topics import Topic, load_topics
from assistant.core.content.yaml_files import line_of, read_records
from assistant.core.validation.aftercare import rule_issues
from assistant.core.validation.comparison import given_twice, stray_keys, unknown
from assistant.core.validation.project_content import ProjectContent

FILES = ("settings.yml", "aftercare.yml", "answers.yml")
OWN = Path("clinic")
"""Folder that a clinic edits."""
VARIABLE = "CLINIC_DIR"
"""Environment variable with the folder that servers read the clinic's files from; set by their launcher."""
LONGEST = 90
"""Words of an answer that fits on a phone."""
_MARKDOWN_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_BRACE = re.compile(r"\S*[{}]\S*")


@dataclass(frozen=True)
class Broken:
    """An invalid file that is not in use."""

    path: Path
    issues: list[Issue]
    copy: Path | None
    """The last valid copy, if there is one."""

    def lines(self) -> Iterator[str]:
        """Yield every issue, and the copy in use meanwhile."""
        yield from map(str, self.issues)
        if self.copy is None:
            yield f"{self.path}: fix it; until then the assistant does not start"
        else:
            at = datetime.fromtimestamp(self.copy.stat().st_mtime)
            yield f"{self.path}: until it is fixed, the last good one counts, of {at:%d %b %Y, %H:%M} ({self.copy})"


def clinic_folder() -> Path:
    """Return the folder of the clinic's files that are in use."""
    return Path(os.environ.get(VARIABLE) or OWN)


def clinic_issues(folder: Path, data: Path) -> list[Issue]:
    """Return the issues that make files of the clinic's folder unusable."""
    return [issue for name in FILES for issue in _issues(folder / name, data)]


def refuse_broken(folder: Path, data: Path) -> None:
    """Refuse to start a server with invalid files of the clinic.

    Raises:
        ContentError: a file of the clinic's folder cannot be used.
    """
    issues = clinic_issues(folder, data)
    if issues:
        raise ContentError(issues)


def broken_files(own: Path, data: Path, state: Path) -> list[Broken]:
    """Return the invalid files of the clinic's folder, without changing anything."""
    return [broken for name in FILES if (broken := _broken(own / name, data, _copies(state) / name))]


def settle(own: Path, data: Path, state: Path) -> tuple[Path, list[Broken]]:
    """Copy every valid file; return the folder of the files in use, and the invalid files.

    Raises:
        ContentError: a file is invalid and has no valid copy.
    """
    broken = broken_files(own, data, state)
    lost = [issue for each in broken if each.copy is None for issue in each.issues]
    if lost:
        raise ContentError(lost)
    for name in FILES:
        if own / name not in {each.path for each in broken}:
            _keep(own / name, _copies(state) / name)
    return _copies(state), broken


def _copies(state: Path) -> Path:
    return state / "clinic"


def _broken(path: Path, data: Path, copy: Path) -> Broken | None:
    issues = _issues(path, data)
    if not issues:
        return None
    is_good = copy.is_file() and not _issues(copy, data)  # content may have changed since the copy
    return Broken(path, issues, copy if is_good else None)


def _issues(path: Path, data: Path) -> list[Issue]:
    if path.name != "settings.yml" and not path.exists():
        return []
    if path.name == "aftercare.yml":
        return list(rule_issues(path, data))
    if path.name == "answers.yml":
        return list(use_issues(path, data))
    try:
        load_clinic(path)
    except ContentError as error:
        return error.issues
    return []


def _keep(path: Path, copy: Path) -> None:
    """Replace the copy atomically, so that no reader sees a partial file."""
    if not path.exists():
        copy.unlink(missing_ok=True)
        return
    content = path.read_bytes()
    if copy.is_file() and copy.read_bytes() == content:
        return
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = copy.with_suffix(".new")
    new.write_bytes(content)
    new.replace(copy)


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the issues of all files, the example included."""
    for path in sorted((project.root / "clinic").glob("answers*.yml")):
        yield from use_issues(path, project.data)
        yield from _length_issues(path)


def use_issues(path: Path, data: Path) -> Iterator[Issue]:
    """Yield the issues that make a file unusable: all except the length of texts."""
    try:
        answers = read_records(path, KEY, ClinicAnswer)
        topics = load_topics(data)
    except ContentError as error:
        yield from (issue for issue in error.issues if issue.path == str(path))
        return
    yield from stray_keys(path, KEY, "answers")
    yield from given_twice(str(path), "answer to", (answer.topic for answer in answers))
    for number, answer in enumerate(answers):
        issues = list(_answer_issues(str(path), answer, topics))
        line = line_of(path, (KEY, number)) if issues else 0
        yield from (replace(issue, line=line) for issue in issues)


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
