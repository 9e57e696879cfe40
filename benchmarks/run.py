"""Settings shared by all parts of a run: sizes and paths."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from testbed.environment import ROOT

RESULTS = ROOT / "benchmarks" / "results.md"


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
