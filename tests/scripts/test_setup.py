"""Tests of setup.sh with a stub of uv: calls and error messages."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "#!/bin/sh\necho 'pyenv: uv: command not found' >&2\nexit 127\n"
WORKING = f"""#!/bin/sh
echo "$@" >>"$CALLS"
for last; do :; done
case "$1 ${{2:-}}" in
venv*) mkdir -p "$last/bin" "$last/lib/python3.10/site-packages" && ln -s {sys.executable} "$last/bin/python" ;;
"pip sync")
    [ "$last" != --help ] || exit 0
    sleep "${{SYNC_SECONDS:-0}}" || exit 1
    [ -z "${{SYNC_FAILS:-}}" ] || {{ echo 'no such version' >&2; exit 1; }} ;;
esac
"""
PYTHON_THAT_BRINGS_UV = """#!/bin/sh
case "$*" in
*venv*) mkdir -p .uv/bin && cp "$0" .uv/bin/python ;;
*pip*) cp "$WORKING_UV" .uv/bin/uv ;;
esac
"""

Setup = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with nothing but the script and lock files, and an empty home."""
    for folder in ("project/scripts", "home", "path"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup.sh", tmp_path / "project" / "scripts")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock"):
        (tmp_path / "project" / name).write_text("one==1 \\\n    --hash=sha256:00\ntwo==2\n")
    stock = tmp_path / "project" / "benchmarks" / "stock"
    stock.mkdir(parents=True)
    (stock / "requirements.lock").write_text("three==3\n")
    return tmp_path / "project"


@pytest.fixture
def setup(project: Path) -> Setup:
    """Runs the script."""

    def run(kind: str, **env: str) -> subprocess.CompletedProcess[str]:
        given = environment(project, **env)
        return subprocess.run(
            [project / "scripts" / "setup.sh", kind], env=given, capture_output=True, text=True, timeout=60
        )

    return run


def environment(project: Path, **env: str) -> dict[str, str]:
    """An empty home, no pyenv, and ``path/`` first among the folders with programs."""
    base = project.parent
    return {
        "PATH": f"{base / 'path'}:/usr/bin:/bin",
        "HOME": str(base / "home"),
        "PYENV_ROOT": str(base / "no-pyenv"),
        "CALLS": str(base / "calls"),
        **env,
    }


def script(path: Path, text: str) -> None:
    """A program at this path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def calls(project: Path) -> list[str]:
    """Return the commands of the pretended uv, apart from requests for its help."""
    file = project.parent / "calls"
    lines = file.read_text().splitlines() if file.exists() else []
    return [line for line in lines if "--help" not in line]


def test_a_uv_that_does_not_run_is_passed_over(project: Path, setup: Setup) -> None:
    """As pyenv's, where uv was installed for another Python."""
    script(project.parent / "path" / "uv", BROKEN)
    script(project.parent / "home" / ".local" / "bin" / "uv", WORKING)
    assert setup("run").returncode == 0
    assert calls(project)[-1] == (
        "pip sync --python .venv/bin/python --require-hashes --build-constraints requirements-build.lock "
        "--require-build-hashes requirements.lock"
    )


def test_uv_is_brought_where_none_runs(project: Path, setup: Setup) -> None:
    """By any python3 that can make a virtual environment, with the hashes of its own lock file."""
    script(project.parent / "path" / "uv", BROKEN)
    script(project.parent / "path" / "python3", PYTHON_THAT_BRINGS_UV)
    script(project.parent / "working-uv", WORKING)
    done = setup("run", WORKING_UV=str(project.parent / "working-uv"))
    assert done.returncode == 0, done.stderr
    assert "Installing uv" in done.stdout
    assert (project / ".uv" / "bin" / "uv").exists()


def test_a_pyenv_that_refuses_is_passed_over_for_another_python(project: Path, setup: Setup) -> None:
    """Its python3 fails in a folder whose .python-version it does not have."""
    script(project.parent / "path" / "uv", BROKEN)
    script(
        project.parent / "path" / "python3",
        "#!/bin/sh\necho \"version '3.10' is not installed\" >&2\nexit 1\n",
    )
    script(project.parent / "path" / "python3.12", PYTHON_THAT_BRINGS_UV)
    script(project.parent / "working-uv", WORKING)
    assert setup("run", WORKING_UV=str(project.parent / "working-uv")).returncode == 0


@pytest.fixture
def uv(project: Path) -> None:
    """A uv that runs."""
    script(project.parent / "path" / "uv", WORKING)


@pytest.mark.usefixtures("uv")
def test_nothing_is_installed_twice(project: Path, setup: Setup) -> None:
    """The second time it says nothing and calls nobody."""
    assert "Installing 2 packages" in setup("run").stdout
    before = calls(project)
    assert setup("run").stdout == ""
    assert calls(project) == before


@pytest.mark.usefixtures("uv")
def test_running_after_testing_keeps_what_tests_need(project: Path, setup: Setup) -> None:
    """The larger set holds the smaller one, so that it is neither stripped nor installed again."""
    setup("dev")
    before = calls(project)
    setup("run")
    assert calls(project) == before
    (project / "requirements.lock").write_text("one==2\n")
    setup("run")
    assert calls(project)[-1].endswith("requirements-dev.lock")


@pytest.mark.usefixtures("uv")
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_changed_lock_file_installs_again(project: Path, setup: Setup, lock: str) -> None:
    """Both count for who tests."""
    setup("dev")
    before = calls(project)
    (project / lock).write_text("one==2\n")
    setup("dev")
    assert len(calls(project)) == len(before) + 1


@pytest.mark.usefixtures("uv")
def test_a_failure_shows_the_end_of_the_log_and_what_to_do(setup: Setup) -> None:
    """And the next try begins again instead of taking the half for the whole."""
    failed = setup("run", SYNC_FAILS="yes")
    assert failed.returncode == 1
    assert "no such version" in failed.stderr
    assert "Is this machine online" in failed.stderr
    assert setup("run").stdout.startswith("Installing 2 packages")


@pytest.mark.usefixtures("uv")
def test_ctrl_c_ends_it_at_once(project: Path) -> None:
    """And what was half installed is not taken for the whole."""
    script_path = project / "scripts" / "setup.sh"
    env = environment(project, SYNC_SECONDS="60")
    process = subprocess.Popen(
        [script_path, "run"], env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert not (project / ".venv" / ".installed").exists()


@pytest.mark.usefixtures("uv")
def test_an_environment_whose_python_is_gone_is_made_anew(project: Path, setup: Setup) -> None:
    """As after an upgrade of the system, or a move of the folder."""
    setup("run")
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.10")
    assert setup("run").returncode == 0
    assert os.access(python, os.X_OK)


@pytest.mark.usefixtures("uv")
def test_the_folder_for_conversations_is_the_owners_only(project: Path, setup: Setup) -> None:
    """The log comes first, the conversations and the key come into the same folder."""
    setup("run")
    assert (project / ".state").stat().st_mode & 0o077 == 0


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    """The source of packages is a matter of the machine."""
    for path in (*ROOT.glob("requirements*.lock"), ROOT / "benchmarks" / "stock" / "requirements.lock"):
        text = path.read_text("utf-8")
        assert "://" not in text, path.name
        packages = [line for line in text.splitlines() if re.match(r"[a-zA-Z0-9]\S*==", line)]
        assert text.count("--hash=sha256:") >= len(packages) > 0, path.name


@pytest.mark.usefixtures("uv")
def test_tensorflow_is_a_stub_for_every_python_of_the_environment(project: Path, setup: Setup) -> None:
    """Its folder comes after all installed packages, so that an installed TensorFlow takes precedence."""
    setup("run")
    packages = project / ".venv" / "lib" / "python3.10" / "site-packages"
    (project / "stubs").mkdir()
    shown = f"import site, sys; site.addsitedir({str(packages)!r}); print(sys.path[-1])"
    done = subprocess.run([sys.executable, "-S", "-c", shown], capture_output=True, text=True)
    assert done.stdout == f"{project / 'stubs'}\n"


@pytest.mark.usefixtures("uv")
def test_stock_rasa_is_installed_once_apart_from_the_assistant(project: Path, setup: Setup) -> None:
    """And again when its lock file has changed."""
    assert "Installing Rasa with TensorFlow" in setup("stock").stdout
    first = calls(project)
    assert first[-1].startswith("pip sync --python .stock/bin/python --require-hashes ")
    assert first[-1].endswith(" benchmarks/stock/requirements.lock")
    assert setup("stock").stdout == ""
    assert calls(project) == first
    assert not (project / ".venv").exists()
    (project / "benchmarks" / "stock" / "requirements.lock").write_text("three==4\n")
    setup("stock")
    assert calls(project)[-1] == first[-1]
    assert len(calls(project)) > len(first)


@pytest.mark.usefixtures("uv")
def test_rasas_telemetry_is_off_for_every_python_of_the_environment(project: Path, setup: Setup) -> None:
    """Unless somebody turns it on."""
    setup("run")
    packages = project / ".venv" / "lib" / "python3.10" / "site-packages"
    shown = (
        f"import os, site; site.addsitedir({str(packages)!r}); print(os.environ['RASA_TELEMETRY_ENABLED'])"
    )
    for given, expected in (({}, "false"), ({"RASA_TELEMETRY_ENABLED": "true"}, "true")):
        done = subprocess.run([sys.executable, "-S", "-c", shown], env=given, capture_output=True, text=True)
        assert done.stdout == f"{expected}\n"
