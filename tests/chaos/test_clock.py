"""The dated tests hold on every day: they run under a moved clock, and with them the servers that they start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.servers import ROOT

pytestmark = pytest.mark.slow

MOMENTS = {
    "a 30th of November": ("UTC", "2026-11-30T12:00"),  # three months on, the 28th to the 30th are one day
    "New Year's Eve": ("America/New_York", "2026-12-31T23:50"),
    "a 31st of January": ("Asia/Tokyo", "2027-01-31T00:01"),
    "a 28th of February": ("UTC", "2027-02-28T23:58"),
    "New York's summer time begins": ("America/New_York", "2027-03-14T01:57"),
    "Madrid's summer time begins": ("UTC", "2027-03-28T00:58"),
    "a day that can be read as a month": ("America/New_York", "2027-05-06T09:00"),
    "the hour that comes twice in Madrid": ("UTC", "2027-10-31T00:58"),
    "two days after it came first": ("UTC", "2027-11-02T00:20"),
    "the hour that comes twice in New York": ("America/New_York", "2027-11-07T01:30"),
    "a leap day": ("Pacific/Auckland", "2028-02-29T12:00"),
    "a year after no leap day": ("UTC", "2029-02-28T23:50"),
}
"""Time zone and clock of the machine."""
FILES = [str(path) for path in (ROOT / "tests").rglob("test_*.py") if "mark.dated" in path.read_text("utf-8")]
"""Files with dated tests: to collect all others would take as long as to run these."""


@pytest.fixture
def faketime() -> str:
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("no faketime, which moves the clock (Debian's package of that name)")
    return program


@pytest.mark.parametrize("name", MOMENTS)
def test_the_dated_tests_hold_on(name: str, faketime: str, tmp_path: Path) -> None:
    zone, moment = MOMENTS[name]
    ahead = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).timestamp() - time.time()
    # timeouts count real seconds, and files keep their real age
    moved = [faketime, "--exclude-monotonic", "-f", f"{ahead:+.0f}s"]
    options = ("-q", "-m", "dated and not slow", "-o", f"cache_dir={tmp_path}")
    tests = [sys.executable, "-m", "pytest", *options, *FILES]
    env = {**os.environ, "TZ": zone, "NO_FAKE_STAT": "1"}
    done = subprocess.run([*moved, *tests], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
    assert " passed" in done.stdout.splitlines()[-1]
