"""Tests of the Makefile: every command is listed, and settings come from the environment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("run", "chat", "train", "widget", "test", "test-slow", "check", "bench", "lock", "clean-env")


def make(*arguments: str, **env: str) -> str:
    """What make says."""
    environment = {**{key: value for key, value in os.environ.items() if not key.startswith("MAKE")}, **env}
    done = subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_make_alone_lists_every_command() -> None:
    """With a few words on each."""
    listed = make()
    for command in COMMANDS:
        assert f"make {command} " in listed


def test_settings_have_defaults_and_the_environment_wins() -> None:
    """`make -p` prints what make knows, and runs nothing with `-n`."""
    known = make("-pn", "help", PORT="6006").splitlines()
    assert "PORT = 6006" in known
    for line in ("INTERFACE = 127.0.0.1", "STATE_DIR = .state", "MESSAGES_PER_MINUTE = 30"):
        assert line in known
