"""Nothing is built or run while installing unless a lock file pins it by its hash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLERS = (ROOT / "scripts" / "setup.sh", *sorted((ROOT / "deploy").glob("*.Dockerfile")))
WITHOUT_WHEEL = ("docopt", "mattermostwrapper", "randomname")
WHEELS_ONLY = "--only-binary :all:"
BUILD = ("--build-constraints requirements-build.lock", "--require-build-hashes")


def commands() -> Iterator[str]:
    """Every command that installs or locks packages, with its variables filled in."""
    for path in INSTALLERS:
        text = re.sub(r"\\\n\s*", "", path.read_text("utf-8"))
        values = dict(re.findall(r'^(pinned)="([^"]*)"', text, re.MULTILINE))
        for line in text.splitlines():
            if re.search(r"\bpip (install|sync|compile) ", line) and "--help" not in line:
                yield line.replace("$pinned", values.get("pinned", "$pinned"))


def test_every_installation_takes_wheels_or_builds_with_what_is_pinned() -> None:
    found = list(commands())
    assert len(found) >= 7
    for command in found:
        assert WHEELS_ONLY in command or all(option in command for option in BUILD), command
        assert "--require-hashes" in command or "--generate-hashes" in command, command


def test_what_builds_is_pinned_by_hash_and_is_what_the_lock_installs() -> None:
    """Two versions of setuptools would be two things to watch."""
    build = (ROOT / "requirements-build.lock").read_text("utf-8")
    packages = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", build, re.MULTILINE))
    assert {"setuptools", "wheel"} <= packages.keys()
    assert build.count("--hash=sha256:") >= len(packages)
    installed = (ROOT / "requirements.lock").read_text("utf-8")
    for name in ("setuptools", "wheel"):
        assert f"\n{name}=={packages[name]} " in installed


def test_npm_runs_no_script_of_a_package() -> None:
    """`npm ci` would run those of `hasInstallScript`, with the rights of whoever installs."""
    assert "ignore-scripts=true" in (ROOT / "widget" / ".npmrc").read_text("utf-8").splitlines()
    locked = json.loads((ROOT / "widget" / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(package.get("integrity") for name, package in locked.items() if name)


@pytest.fixture(scope="module")
def uv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locked uv, in an environment of its own."""
    folder = tmp_path_factory.mktemp("uv")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    options = ["--quiet", "--require-hashes", *WHEELS_ONLY.split(), "-r", str(ROOT / "requirements-uv.lock")]
    if subprocess.run([folder / "bin" / "pip", "install", *options], capture_output=True).returncode:
        pytest.skip("no package index can be reached from here")
    return folder / "bin" / "uv"


def lock_without_wheels(folder: Path) -> Path:
    """The entries of requirements.lock that have to be built."""
    entries = re.split(r"^(?=\w)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)
    lock = folder / "some.lock"
    lock.write_text("".join(each for each in entries if each.split("==")[0] in WITHOUT_WHEEL), "utf-8")
    return lock


def install(uv: Path, folder: Path, build_constraints: Path) -> subprocess.CompletedProcess[str]:
    options = [
        *(
            "--quiet",
            "--no-cache",
            "--no-deps",
            "--python",
            sys.executable,
            "--target",
            str(folder / "there"),
        ),
        *("--require-hashes", "--build-constraints", str(build_constraints), "--require-build-hashes"),
        *("-r", str(lock_without_wheels(folder))),
    ]
    return subprocess.run([uv, "pip", "install", *options], capture_output=True, text=True)


@pytest.mark.slow
def test_packages_without_a_wheel_are_built_with_what_is_pinned(uv: Path, tmp_path: Path) -> None:
    done = install(uv, tmp_path, ROOT / "requirements-build.lock")
    assert done.returncode == 0, done.stderr
    there = {path.name.partition("-")[0] for path in (tmp_path / "there").glob("*.dist-info")}
    assert there == set(WITHOUT_WHEEL)


@pytest.mark.slow
def test_nothing_is_built_with_what_is_not_pinned(uv: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.lock"
    nothing.write_text("", "utf-8")
    done = install(uv, tmp_path, nothing)
    assert done.returncode != 0
    assert "no trusted hash was provided" in done.stderr
