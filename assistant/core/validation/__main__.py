"""``python -m assistant.core.validation [root] [--articles FOLDER] [--all]``: prints issues; exit status 1 if any.

Many issues are grouped in the order in which they are best fixed; ``--all`` lists each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final

from assistant.core.content.issues import Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.validation.checks import find_issues
from assistant.core.validation.project_content import ProjectContent, read_project_content
from assistant.core.validation.screening import check_candidate

MANY: Final = 20
"""From more issues than this on, they are grouped."""
SHOWN: Final = 3
"""Issues of each group that are printed."""
_FILES: Final = "files that are missing or can't be read"
_UNREADABLE: Final = (
    "cannot be read",
    "is not in the form of YAML",
    "is not saved as UTF-8",
    "has no list under",
)
_GROUPS: Final = {
    "the lexicon, which answers and rules name": ("/lexicon/",),
    "topics": ("topics.yml", "domain.yml", "/rules/"),
    "wording": ("wording.yml", "/texts/", "voice.yml", "screening.yml"),
    "responses": ("/responses/",),
    "articles and facts, which responses use": ("articles.yml", "/facts/"),
    "training phrases": (f"/{LANGUAGE}/nlu/", "/segmentation/", "/follow_ups/", "alarms.yml"),
    "rules of aftercare": ("aftercare.yml",),
    "test questions": ("tests/",),
}
"""Parts of paths by the name of their group, in the order in which issues are best fixed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the content, print the issues and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.core.validation", description="Checks the content."
    )
    parser.add_argument("root", nargs="?", type=Path, default=Path(), help="the project's folder")
    parser.add_argument("--articles", type=Path, help="the folder of the articles (../shared/articles)")
    parser.add_argument("--all", action="store_true", help="list every issue, however many there are")
    options = parser.parse_args(arguments)
    if options.articles and not options.articles.is_dir():
        parser.error(f"{options.articles} is not a folder")
    return _report(options.root, options.articles, options.all)


def _report(root: Path, articles: Path | None, lists_all: bool) -> int:
    project = read_project_content(root)
    folder = articles or articles_beside(root)
    if folder is None:
        _say("copying was not checked: the articles are not at hand (--articles FOLDER)")
    issues = [*find_issues(project, folder), *_further_issues(root)]
    for line in map(str, issues) if lists_all or len(issues) <= MANY else grouped(issues):
        _say(line)
    _say(f"{len(issues)} issue{'s' * (len(issues) != 1)}" if issues else summary(project))
    return 1 if issues else 0


def grouped(issues: Sequence[Issue]) -> Iterator[str]:
    """Yield lines for many issues: those to fix first come first, a few of each group."""
    names = (_FILES, *_GROUPS, "other files")
    groups = {name: [issue for issue in issues if _group(issue) == name] for name in names}
    found = [(name, group) for name, group in groups.items() if group]
    for number, (name, group) in enumerate(found, start=1):
        files = len({issue.path for issue in group})
        yield f"{number}. {name}: {len(group)} in {files} file{'s' * (files != 1)}"
        yield from (f"   {issue}" for issue in group[:SHOWN])
        if len(group) > SHOWN:
            yield f"   … and {len(group) - SHOWN} more"
    yield "Fix the first group and check again: the issues below often follow from it. Every issue:"
    yield "python -m assistant.core.validation --all"


def _group(issue: Issue) -> str:
    if issue.problem == "is missing" or any(problem in issue.problem for problem in _UNREADABLE):
        return _FILES
    path = PurePath(issue.path).as_posix()
    return next(
        (name for name, parts in _GROUPS.items() if any(part in path for part in parts)), "other files"
    )


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
