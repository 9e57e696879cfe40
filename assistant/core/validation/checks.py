"""List of all checks, and the function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.validation import (
    aftercare,
    answers,
    clinic_files,
    facts,
    figures,
    lexicon,
    phrases,
    plagiarism,
    project_content,
    texts,
    topics,
    voice,
    wording,
)
from assistant.core.validation.project_content import ProjectContent

Check = Callable[[ProjectContent], Iterator[Issue]]

CHECKS: Sequence[Check] = (
    project_content.find_issues,
    topics.find_issues,
    facts.find_issues,
    answers.find_issues,
    wording.find_issues,
    texts.find_issues,
    figures.find_issues,
    voice.find_issues,
    phrases.find_issues,
    lexicon.find_issues,
    aftercare.find_issues,
    clinic_files.find_issues,
)


def find_issues(project: ProjectContent, articles_folder: Path | None = None) -> list[Issue]:
    """Return all issues, sorted by file; texts are compared with the articles only if their folder is given."""
    issues = [*project.issues, *(issue for check in CHECKS for issue in check(project))]
    if articles_folder is not None:
        issues += plagiarism.find_issues(project, articles_folder)
        issues += facts.line_issues(project, articles_folder)
    return sorted(issues, key=lambda issue: issue.path)
