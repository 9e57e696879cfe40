"""Progress on the terminal, Markdown tables and the sections of results.md."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import psutil

TITLES = (
    "Understanding",
    "Alarms",
    "Talking",
    "Side by side with stock Rasa",
    "Load",
    "An hour of load",
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
