"""Settings and results of a run: sizes, paths, progress, tables and the sections of results.md."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from testbed.environment import ROOT

RESULTS = ROOT / "benchmarks" / "results.md"
TITLES = (
    "Understanding",
    "Alarms",
    "Talking",
    "Side by side with stock Rasa",
    "Load",
    "An hour of load",
    "Load with hostile clients",
    "Answers by the person's date",
    "Slack",
    "Loading the widget",
    "How cost grows",
    "First looks at blind sets",  # written by hand: a set is asked once
)
_HEAD = """\
# Results

Written by `make bench`; each section says when, with what and on which machine it was measured.
"""
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_SINCE = time.monotonic()


@dataclass(frozen=True)
class Size:
    """Sizes of the measurements."""

    rounds: int = 2
    """Rounds in which ours and stock alternate."""
    warm_up: int = 20
    """Messages before times are recorded."""
    messages: int = 1000
    """Messages, warm-up included, after which memory is measured."""
    clients: int = 8
    seconds: float = 20.0
    """Duration of the closed loop."""
    open_seconds: float = 600.0
    """Duration of the open loop at four fifths of the maximum throughput."""
    soak_seconds: float = 3600.0
    """Duration of the soak test at half of the maximum throughput, which shows memory leaks."""
    long_turns: int = 500
    growth: tuple[int, ...] = (1, 2, 4)
    """Multiples of the content."""
    growth_messages: int = 300
    visitors: int = 100
    """Ordinary visitors beside hostile ones."""
    spells: int = 2
    """Spells without hostile clients, and as many with them."""
    spell_seconds: float = 60.0
    """Limits are counted by the minute."""
    page_visits: int = 9
    """Visits per page with a chat."""
    epochs: int | None = None
    """Epochs of the stock configuration's components; their defaults if None."""
    phrases: int | None = None
    """Phrases per intent; all if None."""
    questions: int | None = None
    """Questions per set; all if None."""

    @property
    def is_full(self) -> bool:
        """Return whether the figures are meaningful."""
        return self.phrases is None and self.questions is None


FULL = Size()
QUICK = Size(
    rounds=1,
    warm_up=2,
    messages=40,
    seconds=2.0,
    open_seconds=4.0,
    soak_seconds=8.0,
    long_turns=40,
    growth=(1, 2),
    growth_messages=40,
    visitors=10,
    spells=1,
    spell_seconds=2.0,
    page_visits=2,
    epochs=1,
    phrases=8,
    questions=30,
)
"""Smoke test; the figures mean nothing."""


@dataclass(frozen=True)
class Run:
    """One invocation of the benchmarks."""

    size: Size
    scratch: Path
    """Temporary folder, removed afterwards."""
    stories: bool = False
    """Train the stock configuration with each rule as a story, too."""
    accept_misses: bool = False
    """Add new misses to the known ones."""
    kept: Path = field(
        default_factory=lambda: Path(os.environ.get("STATE_DIR", ".state")).resolve() / "bench"
    )
    """Folder kept between runs, for stock's model and uncommitted lists."""


@dataclass(frozen=True)
class Section:
    """A part's section of results.md, with complaints about missed targets."""

    title: str
    body: str
    complaints: tuple[str, ...] = ()


def say(text: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"[{time.monotonic() - _SINCE:5.0f} s] {text}", flush=True)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table whose first column is text and whose others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def yes_or_no(reached: bool) -> str:
    """Format whether a target was reached."""
    return "yes" if reached else "**no**"


def megabytes(count: float) -> str:
    """Format bytes in millions."""
    return f"{count / 1e6:,.0f} MB"


def write_section(path: Path, title: str, body: str) -> None:
    """Replace a section of the file, or insert it in the order of `TITLES`; the others stay unchanged."""
    sections = read_sections(path.read_text("utf-8")) if path.exists() else {}
    sections[title] = body.strip()
    ordered = sorted(sections, key=lambda name: TITLES.index(name) if name in TITLES else len(TITLES))
    text = "\n\n".join(f"## {name}\n\n{sections[name]}" for name in ordered)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{_HEAD}\n{text}\n", "utf-8")


def read_sections(text: str) -> dict[str, str]:
    """Return section bodies by title."""
    parts = _SECTION.split(text)
    return {title: body.strip() for title, body in zip(parts[1::2], parts[2::2])}


def describe_machine() -> str:
    """Return processor, cores, memory and system in one line."""
    memory = psutil.virtual_memory().total / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, {system}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text("utf-8").splitlines() if described.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
