"""Sections of results.md; those that a run did not measure stay unchanged."""

from __future__ import annotations

import re
from pathlib import Path

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


def write_section(path: Path, title: str, body: str) -> None:
    """Replace a section of the file, or insert it in the order of `TITLES`."""
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
