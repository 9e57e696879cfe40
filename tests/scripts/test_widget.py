"""Tests of the widget build with a stub of npm: calls, the choice of Node.js and error messages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NPM = """#!/bin/sh
[ "$1" = --version ] && exit
echo "$0 $@" >>"$CALLS"
case "$*" in
*"${FAILS:-nothing}"*) echo 'it went wrong'; exit 1 ;;
ci*) mkdir -p node_modules ;;
*build) mkdir -p dist ;;
esac
"""
SETUP = """#!/bin/sh
mkdir -p .node/bin
cp "$OWN"/* .node/bin
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def node(folder: Path, version: str) -> None:
    """A Node.js of that version, with its npm."""
    program(folder / "node", f"#!/bin/sh\necho v{version}\n")
    program(folder / "npm", NPM)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with nothing but a widget's sources, on a machine with a good Node.js."""
    project = tmp_path / "project"
    (project / "widget" / "src").mkdir(parents=True)
    (project / "widget" / "src" / "index.ts").write_text("one")
    (project / "widget" / "package-lock.json").write_text("{}")
    program(project / "scripts" / "setup.sh", SETUP)
    node(tmp_path / "path", "22.1.0")
    node(tmp_path / "own", "22.20.0")
    return project


@pytest.fixture
def build(project: Path) -> Run:
    """Runs the module in the project."""

    def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        base = project.parent
        given = {
            "PATH": f"{base / 'path'}:/bin",
            "PYTHONPATH": str(ROOT),
            "STATE_DIR": ".state",
            "CALLS": str(base / "calls"),
            "OWN": str(base / "own"),
            **env,
        }
        command = [sys.executable, "-m", "scripts.build_widget", *arguments]
        return subprocess.run(command, cwd=project, env=given, capture_output=True, text=True, timeout=60)

    return run


def calls(project: Path) -> list[str]:
    """Return the commands of npm."""
    path = project.parent / "calls"
    return [line.split()[-1] for line in path.read_text().splitlines()] if path.exists() else []


def test_the_second_time_there_is_nothing_to_do_and_nothing_to_say(project: Path, build: Run) -> None:
    """Neither is npm called."""
    assert build().returncode == 0
    first = calls(project)
    again = build()
    assert (again.returncode, again.stdout, calls(project)) == (0, "", first)


def test_a_changed_source_is_built_without_installing_again(project: Path, build: Run) -> None:
    """Installing takes half a minute."""
    build()
    (project / "widget" / "src" / "index.ts").write_text("two")
    assert build().stdout == "Building the widget …\n"
    assert calls(project).count("build") == 2


@pytest.mark.parametrize("version", ["18.20.0", "20.18.3", " is not a version"])
def test_without_a_usable_node_the_project_gets_its_own(project: Path, build: Run, version: str) -> None:
    """Too old for Vite, or broken."""
    node(project.parent / "path", version)
    done = build()
    assert done.returncode == 0, done.stderr
    used = {line.split()[0] for line in (project.parent / "calls").read_text().splitlines()}
    assert len(used) == 1
    assert used.pop().endswith(".node/bin/npm")


@pytest.mark.parametrize(("fails", "fix"), [("ci ", "Is this machine online?"), ("build", "make check")])
def test_a_failure_shows_the_end_of_the_log_and_the_fix(build: Run, fails: str, fix: str) -> None:
    """And the next run begins it again."""
    failed = build(FAILS=fails)
    assert failed.returncode == 1
    assert "    it went wrong" in failed.stderr
    assert fix in failed.stderr
    assert build().returncode == 0


def test_the_check_runs_to_its_end_and_fails_if_one_part_does(project: Path, build: Run) -> None:
    """Lint, types and tests."""
    assert build("check", FAILS="types").returncode == 1
    assert calls(project)[-3:] == ["lint", "types", "test"]
    assert build("check").returncode == 0


def test_the_lock_file_names_no_addresses() -> None:
    """It works with every registry and mirror."""
    assert '"resolved"' not in (ROOT / "widget" / "package-lock.json").read_text("utf-8")
    assert (
        os.linesep + "omit-lockfile-registry-resolved=true" in "\n" + (ROOT / "widget" / ".npmrc").read_text()
    )
