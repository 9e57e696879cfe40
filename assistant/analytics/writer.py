"""Writes the report as an HTML page and CSV tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.analytics.report import Report, total
from assistant.core.protocol import OUTCOMES

# characters with which spreadsheets begin a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_report(report: Report, folder: Path) -> Path:
    """Write `report.html`, `topics.csv` and `unanswered.csv`, readable by the owner only; return the page's path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    page = folder / "report.html"
    _write(page, _page(report))
    _write_table(folder / "topics.csv", ("week", "topic", *OUTCOMES, "up", "down"), _topic_rows(report))
    _write_table(
        folder / "unanswered.csv",
        ("questions", "topics", "outcomes", "named", "examples"),
        _group_rows(report),
    )
    return page


def _page(report: Report) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("page.html.jinja")
    return template.render(report=report, outcomes=OUTCOMES, total=total, now=datetime.now(timezone.utc))


def _topic_rows(report: Report) -> Iterable[Sequence[object]]:
    for (week, topic), row in report.weeks_and_topics.items():
        yield week, topic, *(row[name] for name in (*OUTCOMES, "up", "down"))


def _group_rows(report: Report) -> Iterable[Sequence[object]]:
    for group in report.groups:
        names = [", ".join(name for name, _ in each) for each in (group.topics, group.outcomes, group.named)]
        yield group.count, *names, " | ".join(group.examples)


def _write_table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(heads)
        table.writerows([_harmless(cell) for cell in row] for row in rows)


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
