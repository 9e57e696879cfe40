"""Tests of the Makefile: every command is listed, and settings come from the environment."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from assistant.settings import Settings

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


def test_settings_reach_the_commands_from_the_command_line_and_from_the_environment() -> None:
    shown = make("--eval=shown: ; @echo $$PORT $$STATE_DIR", "shown", "PORT=6006", STATE_DIR="elsewhere")
    assert shown == "6006 elsewhere\n"


def test_the_makefile_holds_no_setting() -> None:
    """Their defaults have one home, the class `Settings`."""
    text = (ROOT / "Makefile").read_text("utf-8")
    assigned = re.findall(r"^(?:export +)?(\w+) *[?:+]?=", text, re.MULTILINE)
    assert set(assigned).isdisjoint(map(Settings.variable, Settings.__fields__))
