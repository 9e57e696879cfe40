"""The command ``python -m assistant.core.validation``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.core.content.issues import Issue
from assistant.core.validation.__main__ import MANY, grouped, main
from tests.core.content_tree import ContentTree

SKIPPED = "copying was not checked: the articles are not at hand (--articles FOLDER)"


def test_right_content_is_said_to_be_fine(tree: ContentTree, capsys: pytest.CaptureFixture[str]) -> None:
    tree.write()
    assert main([str(tree.root)]) == 0
    fine = "content is fine: 6 topics, 4 facts, 13 answers, 490 phrases, 36 test questions"
    assert capsys.readouterr().out.splitlines() == [SKIPPED, fine]


def test_issues_are_printed_and_counted(tree: ContentTree, capsys: pytest.CaptureFixture[str]) -> None:
    tree.topic("pain")["label"] = "x" * 41
    tree.questions("basics", "cost").pop()
    tree.write()
    assert main([str(tree.root)]) == 1
    _, first, second, count = capsys.readouterr().out.splitlines()
    assert first.endswith("(got 41 characters / expected at most 40)")
    assert second.endswith("(got 5 / expected at least 6)")
    assert count == "2 issues"


def test_every_issue_of_the_clinics_rules_is_printed_once(
    tree: ContentTree, capsys: pytest.CaptureFixture[str]
) -> None:
    tree.files["clinic/aftercare.yml"] = "aftercare:\n  - id: no-sport\n    kind: avoid\n"
    tree.write()
    assert main([str(tree.root)]) == 1
    issues = [line for line in capsys.readouterr().out.splitlines() if "no-sport" in line]
    assert len(issues) == len(set(issues)) == 4


def test_one_issue_is_not_called_issues(tree: ContentTree, capsys: pytest.CaptureFixture[str]) -> None:
    tree.questions("basics", "cost").pop()
    tree.write()
    assert main([str(tree.root)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 issue"


def test_articles_beside_the_project_are_found(tree: ContentTree, capsys: pytest.CaptureFixture[str]) -> None:
    project = ContentTree(tree.root / "project")
    project.write()
    (tree.root / "shared" / "articles").mkdir(parents=True)
    assert main([str(project.root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert SKIPPED not in lines
    assert lines[-1] == "2 issues"  # both articles are missing from the folder


def test_articles_can_be_named(tree: ContentTree, capsys: pytest.CaptureFixture[str]) -> None:
    tree.write()
    folder = tree.root / "elsewhere"
    folder.mkdir()
    for name in ("first.txt", "second.txt"):
        (folder / name).write_text("Nothing much.", encoding="utf-8")
    assert main([str(tree.root), "--articles", str(folder)]) == 0
    assert SKIPPED not in capsys.readouterr().out


def test_a_folder_of_articles_that_is_not_there_is_refused(tree: ContentTree, tmp_path: Path) -> None:
    tree.write()
    with pytest.raises(SystemExit) as stop:
        main([str(tree.root), "--articles", str(tmp_path / "nowhere")])
    assert stop.value.code == 2


def test_it_runs_as_a_module_and_its_exit_status_tells(tree: ContentTree) -> None:
    tree.questions("basics", "cost").pop()
    tree.write()
    command = [sys.executable, "-m", "assistant.core.validation", str(tree.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("1 issue\n")


def test_many_issues_are_grouped_with_the_first_ones_to_fix_first() -> None:
    responses = [
        Issue("data/en/responses/risks.yml", f"topic {number} has no answer") for number in range(MANY)
    ]
    issues = [
        Issue("data/facts/risks.yml", "fact a: unknown article"),
        *responses,
        Issue("data/en/wording.yml", "cannot be read"),
        Issue("tests/nlu/risks/pain.yml", "too few questions"),
    ]
    lines = list(grouped(issues))
    assert [line for line in lines if not line.startswith(" ")] == [
        "1. files that are missing or can't be read: 1 in 1 file",
        f"2. responses: {MANY} in 1 file",
        "3. articles and facts, which responses use: 1 in 1 file",
        "4. test questions: 1 in 1 file",
        "Fix the first group and check again: the issues below often follow from it. Every issue:",
        "python -m assistant.core.validation --all",
    ]
    assert lines.count("   data/en/wording.yml: cannot be read") == 1
    assert f"   … and {MANY - 3} more" in lines


def test_each_of_many_issues_is_listed_on_request(
    tree: ContentTree, capsys: pytest.CaptureFixture[str]
) -> None:
    tree.write()
    for name in ("lexicon", "nlu", "responses"):
        shutil.rmtree(tree.root / "data" / "en" / name)
    shutil.rmtree(tree.root / "tests" / "nlu")
    assert main([str(tree.root)]) == 1
    brief = capsys.readouterr().out.splitlines()
    assert main([str(tree.root), "--all"]) == 1
    every = capsys.readouterr().out.splitlines()
    assert brief[1].startswith("1. ")
    assert brief[-1] == every[-1]
    assert len(every) - 2 == int(every[-1].split()[0]) > MANY
