"""Tests of the Makefile: every command is listed, and settings come from the environment."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("run", "chat", "train", "widget", "test", "test-slow", "check", "bench", "lock", "clean-env")


def make(*arguments: str, **env: str) -> str:
    """Return the output of make."""
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


@pytest.mark.parametrize(
    "value",
    [
        "x$(touch made)",
        "x`touch made`",
        "$(shell touch made)",
        '"; touch made; "',
        "'; touch made; '",
        "x\ntouch made",
        "pa$$word$1#2 \\ %",
        "$(ID)",
        "$(error stop)",
    ],
)
@pytest.mark.parametrize("way", ["command line", "environment"])
def test_a_value_reaches_its_command_as_it_was_typed(value: str, way: str, tmp_path: Path) -> None:
    """Neither make nor the shell runs anything in it; a stand-in for Python prints what it gets."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nfor last; do :; done\nprintf %s "$last"\n', "utf-8")
    python.chmod(0o755)
    given = (f"ID={value}", f"MODEL={value}", f"PYTHON={python}")
    for command in ("erase", "export", "use"):
        if way == "command line":
            assert make(command, *given) == value
        else:
            assert (
                make(command, f"PYTHON={python}", **dict(each.split("=", 1) for each in given[:2])) == value
            )
    assert not (ROOT / "made").exists()


def test_every_value_of_the_command_line_reaches_the_programs_unread() -> None:
    url = "DATABASE_URL=postgresql://u:pa$$(x)$word@h/db"
    assert make("--eval=shown: ; @printenv DATABASE_URL", "shown", url) == url.partition("=")[2] + "\n"


def test_the_makefile_holds_no_setting() -> None:
    """Their defaults have one home, the class `Settings`."""
    text = (ROOT / "Makefile").read_text("utf-8")
    assigned = re.findall(r"^(?:export +)?(\w+) *[?:+]?=", text, re.MULTILINE)
    assert set(assigned).isdisjoint(map(Settings.variable, Settings.__fields__))
