"""Tests of writing results.md."""

from __future__ import annotations

from pathlib import Path

from benchmarks.results import TITLES, read_sections, write_section
from benchmarks.run import ROOT


def test_sections_that_were_not_measured_stay(tmp_path: Path) -> None:
    """One is replaced, the others are as they were."""
    path = tmp_path / "results.md"
    write_section(path, "How cost grows", "old growth")
    write_section(path, "Understanding", "| a | b |\n| --- | ---: |")
    write_section(path, "Understanding", "new")
    assert read_sections(path.read_text("utf-8")) == {"Understanding": "new", "How cost grows": "old growth"}


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """Not even an empty line."""
    path = tmp_path / "results.md"
    write_section(path, "Understanding", "body\n\n### part\n\nmore")
    before = path.read_text("utf-8")
    write_section(path, "Understanding", "body\n\n### part\n\nmore\n")
    assert path.read_text("utf-8") == before
    assert before.startswith("# Results\n")
    assert before.endswith("more\n")


def test_no_section_is_dropped(tmp_path: Path) -> None:
    """Its place may be unknown, its figures are kept."""
    path = tmp_path / "results.md"
    write_section(path, "Another measurement", "body")
    write_section(path, "Load", "much")
    assert read_sections(path.read_text("utf-8")) == {"Load": "much", "Another measurement": "body"}


def test_every_part_that_is_measured_has_its_place() -> None:
    assert set(read_sections((ROOT / "benchmarks" / "results.md").read_text("utf-8"))) <= set(TITLES)
