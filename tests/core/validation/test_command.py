"""The command ``python -m assistant.core.validation``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.core.validation.__main__ import main
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
