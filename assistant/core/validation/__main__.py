"""``python -m assistant.core.validation [root] [--articles FOLDER]``: prints every issue; exit status 1 if any."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.validation.checks import find_issues
from assistant.core.validation.project_content import ProjectContent, read_project_content
from assistant.core.validation.screening import check_candidate


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the content, print the issues and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.core.validation", description="Checks the content."
    )
    parser.add_argument("root", nargs="?", type=Path, default=Path(), help="the project's folder")
    parser.add_argument("--articles", type=Path, help="the folder of the articles (../shared/articles)")
    options = parser.parse_args(arguments)
    if options.articles and not options.articles.is_dir():
        parser.error(f"{options.articles} is not a folder")
    return _report(options.root, options.articles)


def _report(root: Path, articles: Path | None) -> int:
    project = read_project_content(root)
    folder = articles or articles_beside(root)
    if folder is None:
        _say("copying was not checked: the articles are not at hand (--articles FOLDER)")
    issues = [*find_issues(project, folder), *_further_issues(root)]
    for issue in issues:
        _say(str(issue))
    _say(f"{len(issues)} issue{'s' * (len(issues) != 1)}" if issues else summary(project))
    return 1 if issues else 0


def _further_issues(root: Path) -> Iterator[Issue]:
    data = root / "data"
    if (data / LANGUAGE / "screening.yml").is_file():
        yield from check_candidate(data)


def articles_beside(root: Path) -> Path | None:
    """Return the folder of the articles next to the project, if it exists."""
    folder = root.resolve().parent / "shared" / "articles"
    return folder if folder.is_dir() else None


def summary(project: ProjectContent) -> str:
    """Return a summary of the amount of content."""
    questions = sum(len(file.entry.questions) for file in project.questions)
    return (
        f"content is fine: {len(project.topics)} topics, {len(project.facts)} facts, "
        f"{len(project.answers)} answers, {len(project.phrases)} phrases, {questions} test questions"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
