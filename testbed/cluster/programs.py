"""Paths of system programs, and the user to run them as."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path


def program(name: str) -> str | None:
    """The path of a program; PostgreSQL's own lie outside of PATH."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found:
        return found
    return next((str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)


def missing(*names: str) -> list[str]:
    """Those that this machine doesn't have."""
    return [name for name in names if program(name) is None]


def unprivileged_user() -> str | None:
    """Somebody to run PostgreSQL as, where this is root, whom PostgreSQL refuses."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
