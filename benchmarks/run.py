"""What the parts of a run share: how much to measure, and where to put things."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results.md"


@dataclass(frozen=True)
class Size:
    """How much to measure."""

    rounds: int = 2
    """Of ours and stock in turn."""
    warm_up: int = 20
    """Messages before times are taken."""
    messages: int = 1000
    """After these, the warm-up included, memory is read."""
    clients: int = 8
    seconds: float = 20.0
    """How long the clients keep asking."""
    open_seconds: float = 600.0
    """How long messages come at four fifths of what can be answered."""
    soak_seconds: float = 3600.0
    """How long messages come at half of it, to see what stays in memory."""
    long_turns: int = 500
    growth: tuple[int, ...] = (1, 2, 4)
    """How often the content is there."""
    growth_messages: int = 300
    page_visits: int = 9
    """To each page with a chat."""
    epochs: int | None = None
    """Of the stock configuration's own components; its default where none."""
    phrases: int | None = None
    """Of each block of phrases; all of them where none."""
    questions: int | None = None
    """Of each set; all of them where none."""

    @property
    def is_full(self) -> bool:
        """Whether the figures are worth keeping."""
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
    page_visits=2,
    epochs=1,
    phrases=8,
    questions=30,
)
"""Shows whether everything works; the figures mean nothing."""


@dataclass(frozen=True)
class Run:
    """One call of the benchmarks."""

    size: Size
    scratch: Path
    """Is removed afterwards."""
    stories: bool = False
    """Whether the stock configuration gets each rule as a story, too."""
    accept_misses: bool = False
    """Whether questions that are newly missed join the known ones."""
    kept: Path = field(
        default_factory=lambda: Path(os.environ.get("STATE_DIR", ".state")).resolve() / "bench"
    )
    """Stays from run to run: stock's model, lists that aren't committed."""


@dataclass(frozen=True)
class Section:
    """What a part writes into results.md, and what it has to complain about."""

    title: str
    body: str
    complaints: tuple[str, ...] = ()
