"""The first steps of docs/new-language.md, in a copy of the project whose language is called otherwise."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT

CONSTANT = Path("assistant/core/content/languages.py")
PAGE = (ROOT / "docs" / "new-language.md").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy whose LANGUAGE is "xx"."""
    caches = shutil.ignore_patterns("__pycache__", "*.onnx")
    for folder in ("assistant", "clinic", "data", "tests/nlu"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=caches)
    shutil.copy(ROOT / "domain.yml", tmp_path)
    source = (tmp_path / CONSTANT).read_text(encoding="utf-8")
    assert 'LANGUAGE = "en"\n' in source
    (tmp_path / CONSTANT).write_text(
        source.replace('LANGUAGE = "en"\n', 'LANGUAGE = "xx"\n'), encoding="utf-8"
    )
    return tmp_path


def check(project: Path) -> list[str]:
    """The lines of the content check."""
    command = [sys.executable, "-m", "assistant.core.validation"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_content_that_has_moved_to_the_new_folder_is_fine(project: Path) -> None:
    (project / "data/en").rename(project / "data/xx")
    assert check(project)[-1].startswith("content is fine: ")


def test_an_empty_folder_is_told_in_the_order_of_the_work(project: Path) -> None:
    shutil.rmtree(project / "data/en")
    (project / "data/xx").mkdir()
    lines = check(project)
    groups = [
        line.split(":")[0].partition(". ")[2] for line in lines if line[0].isdigit() and ". " in line[:4]
    ]
    assert groups[:3] == [
        "files that are missing or can't be read",
        "responses",
        "articles and facts, which responses use",
    ]
    assert len(lines) < 60


def test_the_page_names_files_that_exist() -> None:
    named = [part for part in PAGE.split("`")[1::2] if "/" in part and " " not in part and "LANG" not in part]
    assert len(named) > 10
    for part in named:
        assert (ROOT / part.partition("::")[0]).exists(), part
