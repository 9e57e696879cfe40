"""The tests of what starts programs hold however they themselves are started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.slow

TESTS = ("tests/scripts", "tests/channels/test_terminal.py", "tests/channels/test_sessions.py")
WAYS = {
    "in the background of a script": '"$@" & wait $!',
    "by nohup": 'exec nohup "$@"',
    "without an input": 'exec "$@" <&-',
    "with files for the owner alone": 'umask 077; exec "$@"',
    "in plain ASCII": 'LC_ALL=C exec "$@"',
    "without a home": 'unset HOME; exec "$@"',
    "in New York": 'TZ=America/New_York exec "$@"',
    "in Tokyo": 'TZ=Asia/Tokyo exec "$@"',
    "in Auckland": 'TZ=Pacific/Auckland exec "$@"',
}
"""In a shell, where ``"$@"`` are the tests."""


@pytest.mark.parametrize("way", WAYS)
def test_they_hold_when_started(way: str, tmp_path: Path) -> None:
    """Each time without a terminal, as in a new session."""
    tests = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-o", f"cache_dir={tmp_path}", *TESTS]
    command = ["sh", "-c", WAYS[way], "sh", *tests]
    done = subprocess.run(command, cwd=ROOT, start_new_session=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
