"""The project's content passes every check."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.validation import plagiarism
from assistant.core.validation.__main__ import articles_beside
from assistant.core.validation.checks import find_issues
from assistant.core.validation.project_content import ProjectContent, read_project_content

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def material() -> ProjectContent:
    """All content that the checks cover."""
    return read_project_content(ROOT)


def test_the_content_is_fine(material: ProjectContent) -> None:
    assert [str(issue) for issue in find_issues(material)] == []


def test_nothing_is_copied_from_the_articles(material: ProjectContent) -> None:
    folder = articles_beside(ROOT)
    if folder is None:
        pytest.skip("the articles are not at hand (../shared/articles)")
    assert [str(issue) for issue in plagiarism.find_issues(material, folder)] == []
