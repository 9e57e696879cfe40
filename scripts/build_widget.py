"""Builds the widget unless its build is up to date: ``python -m scripts.build_widget``.

``python -m scripts.build_widget check`` runs lint, type checks and tests instead. Without a usable Node.js on the
machine, one is installed into ``.node`` (scripts/setup.sh node). Details go to widget.log in STATE_DIR.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.settings import Settings
from scripts.train import stamp

WIDGET = Path("widget")
BUILT = WIDGET / "dist" / ".stamp"
INSTALLED = WIDGET / "node_modules" / ".stamp"
PACKAGES = ("widget/package-lock.json", "widget/.npmrc")
SOURCES = (*PACKAGES, "widget/package.json", "widget/build.mjs", "widget/src/**/*.*")
OWN_NODE = Path(".node")

_OLDEST_NODE = (20, 19)  # required by Vite
_QUIET = 10.0  # seconds between lines of progress
_TAIL = 25  # lines of the log shown after a failure
_ONLINE = "Is this machine online? It needs the npm registry once, or the mirror in npm's settings."


class WidgetError(Exception):
    """The build failed; the message says how to fix it."""


def main(arguments: Sequence[str]) -> int:
    """Return the exit code: 0 if the build is up to date, or if the checks succeed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    log = Settings.read_or_exit().state_dir / "widget.log"
    try:
        if list(arguments) == ["check"]:
            return check(log)
        if not is_built():
            build(log)
    except WidgetError as error:
        _report_failure(log, str(error))
        return 1
    except KeyboardInterrupt:
        print("Building the widget was stopped. The next start begins it again.", file=sys.stderr)
        return 130
    return 0


def is_built() -> bool:
    """Return whether the build matches the current sources."""
    return BUILT.exists() and BUILT.read_text("utf-8") == stamp(SOURCES)


def build(log: Path) -> None:
    """Install missing packages and build."""
    present = stamp(SOURCES)
    npm = ready_npm(log)
    fix = "`make check` names what is wrong in the widget's sources."
    _watched("Building the widget", [npm, "run", "--silent", "build"], log, fix)
    BUILT.write_text(present, "utf-8")


def check(log: Path) -> int:
    """Run lint, type checks and tests, each even if another fails, with their output; return the exit code."""
    npm = ready_npm(log)
    codes = [
        subprocess.run(
            [npm, "run", "--silent", name], cwd=WIDGET, env=_environment(npm), check=False
        ).returncode
        for name in ("lint", "types", "test")
    ]
    return max(codes)


def ready_npm(log: Path) -> str:
    """Return the path of npm, with the packages of the lock file installed."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    log.write_bytes(b"")
    npm = find_npm() or _own_npm()
    if not (INSTALLED.exists() and INSTALLED.read_text("utf-8") == stamp(PACKAGES)):
        command = [npm, "ci", "--no-audit", "--no-fund", "--no-update-notifier"]
        _watched(
            "Installing what builds the widget (about half a minute the first time)", command, log, _ONLINE
        )
        INSTALLED.write_text(stamp(PACKAGES), "utf-8")
    return npm


def find_npm() -> str | None:
    """Return an npm with a recent enough Node.js: the machine's, or else the one in `.node`."""
    for found in (shutil.which("npm"), str((OWN_NODE / "bin" / "npm").absolute())):
        if found and _works(found):
            return found
    return None


def _works(npm: str) -> bool:
    environment = _environment(npm)
    return _output([npm, "--version"], environment) is not None and _is_new_enough(environment)


def _is_new_enough(environment: dict[str, str]) -> bool:
    version = re.match(r"v(\d+)\.(\d+)", _output(["node", "--version"], environment) or "")
    return version is not None and (int(version[1]), int(version[2])) >= _OLDEST_NODE


def _output(command: Sequence[str], environment: dict[str, str]) -> str | None:
    """Return the command's output, or None if it fails."""
    program = shutil.which(command[0], path=environment["PATH"])
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *command[1:]], env=environment, capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _own_npm() -> str:
    subprocess.run(["scripts/setup.sh", "node"], check=False)
    npm = find_npm()
    if npm is None:
        raise WidgetError("Or install Node.js 22 by its own instructions, and run the same command again.")
    return npm


def _environment(npm: str) -> dict[str, str]:
    """Return an environment in which npm finds the `node` of its own folder first."""
    return {**os.environ, "PATH": os.pathsep.join((str(Path(npm).parent), os.environ.get("PATH", "")))}


def _watched(what: str, command: Sequence[str], log: Path, fix: str) -> None:
    """Run a command in the widget's folder with its output in the log; print progress every ten seconds."""
    print(f"{what} …", flush=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=WIDGET, stdout=output, stderr=subprocess.STDOUT, env=_environment(command[0])
        )
        try:
            _wait(process)
        finally:
            process.terminate()
            process.wait()
    if process.returncode:
        raise WidgetError(fix)


def _wait(process: subprocess.Popen[bytes]) -> None:
    since = time.monotonic()
    while True:
        try:
            process.wait(_QUIET)
            return
        except subprocess.TimeoutExpired:
            print(f"  … {time.monotonic() - since:.0f} s", flush=True)


def _report_failure(log: Path, fix: str) -> None:
    lines = log.read_text("utf-8", errors="replace").strip().splitlines() if log.exists() else []
    print(f"\nBuilding the widget did not work. The end of {log}:", file=sys.stderr)
    print("\n".join(f"    {line}" for line in lines[-_TAIL:]), file=sys.stderr)
    print(f"\n{fix}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
