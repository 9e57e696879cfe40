"""Tests of check.sh: all checks run, and failures are reported; a stub replaces Python."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKS = ("format", "lint", "types", "imports", "content", "rules", "widget")
PYTHON = """#!/bin/sh
case "$*" in
*"$SAID_BY"*) echo "$SAID"; exit "$CODE" ;;
esac
"""


def check(project: Path, said_by: str, said: str, code: int) -> subprocess.CompletedProcess[str]:
    """Runs the checks; the one whose command holds ``said_by`` says ``said`` and ends with ``code``."""
    for folder in ("scripts", ".venv/bin"):
        (project / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "check.sh", project / "scripts")
    python = project / ".venv" / "bin" / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    env = {"PATH": "/usr/bin:/bin", "SAID_BY": said_by, "SAID": said, "CODE": str(code)}
    return subprocess.run([project / "scripts" / "check.sh"], env=env, capture_output=True, text=True)


def test_all_is_well_when_every_check_passes(tmp_path: Path) -> None:
    """One line for each."""
    done = check(tmp_path, "nothing of that name", "", 0)
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["ok", name] for name in CHECKS]


@pytest.mark.parametrize(
    ("said_by", "failed"),
    [
        ("ruff format", "format"),
        ("mypy", "types"),
        ("assistant.core.validation", "content"),
        ("rasa data", "rules"),
        ("scripts.build_widget", "widget"),
    ],
)
def test_one_that_fails_is_shown_and_the_others_run(tmp_path: Path, said_by: str, failed: str) -> None:
    """The output of a check stands below its name."""
    done = check(tmp_path, said_by, "the issue", 1)
    assert done.returncode == 1
    assert f"FAILED  {failed}\n        the issue" in done.stdout
    assert done.stdout.count("ok  ") == len(CHECKS) - 1


def test_a_warning_of_rasa_fails_even_where_rasa_lets_it_pass(tmp_path: Path) -> None:
    """As of an intent that no rule uses."""
    done = check(
        tmp_path, "rasa data", "UserWarning: The intent 'redness' is not used in any story or rule.", 0
    )
    assert done.returncode == 1
    assert "The intent 'redness' is not used" in done.stdout
