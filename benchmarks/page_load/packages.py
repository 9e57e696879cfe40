"""Installs the other chats from the npm registry, cached between runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.page_load.baselines import FILES, PACKAGES
from benchmarks.progress import say


def install(folder: Path) -> dict[str, Path]:
    """Return the paths of the files in `FILES`."""
    files = {path: folder / "node_modules" / file for path, file in FILES.items()}
    if not all(file.exists() for file in files.values()):
        _fetch(folder)
    return files


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not there, which fetches the other chats: install Node.js")
    say(f"fetching {', '.join(PACKAGES)} …")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', "utf-8")
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    # build dependencies are not needed: the packages contain complete bundles
    options = [
        "--no-save",
        "--ignore-scripts",
        "--legacy-peer-deps",
        "--omit=peer",
        "--no-audit",
        "--no-fund",
    ]
    fetched = subprocess.run(
        [npm, "install", *options, *wanted], check=False, cwd=folder, capture_output=True, text=True
    )
    if fetched.returncode:
        raise RuntimeError(f"npm could not fetch the other chats:\n{fetched.stderr[-2000:]}")
