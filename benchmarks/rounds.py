"""One round of a contender: start, sequential questions, load, stop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.progress import say
from benchmarks.request_loop import ask_in_turn, percentile, throughput
from benchmarks.run import Size
from benchmarks.servers import Server, serving
from benchmarks.training import model_of
from benchmarks.visitors import OpenVisitor


@dataclass(frozen=True)
class Contender:
    """A trained project with its channel."""

    name: str
    project: Path
    open_visitor: OpenVisitor
    python: str = sys.executable
    """Path of the interpreter whose packages it uses."""


@dataclass(frozen=True)
class Round:
    """Measurements of one start."""

    first_answer: float
    """Seconds from the start of the process."""
    milliseconds: tuple[float, ...]
    """Response times of one client."""
    memory: int
    """Bytes, after these messages."""
    per_second: float
    """Answers per second to several clients."""
    silent: int = 0
    """Number of messages without an answer."""

    @property
    def median(self) -> float:
        """Median response time in milliseconds."""
        return percentile(self.milliseconds, 0.5)

    @property
    def p95(self) -> float:
        """95th percentile of the response time in milliseconds."""
        return percentile(self.milliseconds, 0.95)


def mean(rounds: Sequence[Round], pick: Callable[[Round], float]) -> float:
    """Return the mean over the rounds."""
    return sum(pick(each) for each in rounds) / len(rounds)


def run_round(contender: Contender, texts: Sequence[str], size: Size) -> Round:
    """Run one round; `texts` are the messages of the single client."""
    say(f"{contender.name}: starting …")
    project, model = contender.project, model_of(contender.project)
    with serving(project, model, contender.open_visitor, contender.python) as server:
        measured = _measure(contender, server, texts, size)
    say(
        f"{contender.name}: first answer after {measured.first_answer:.1f} s, median {measured.median:.1f} ms, "
        f"{measured.per_second:.0f} a second, {measured.memory / 1e6:.0f} MB"
    )
    return measured


def _measure(contender: Contender, server: Server, texts: Sequence[str], size: Size) -> Round:
    say(f"{contender.name}: {len(texts)} messages, one client …")
    answers = ask_in_turn(server.base_url, contender.open_visitor, texts)
    memory = server.memory()
    say(f"{contender.name}: {size.clients} clients for {size.seconds:.0f} s …")
    per_second = throughput(server.base_url, contender.open_visitor, texts, size.clients, size.seconds)
    return Round(
        first_answer=server.first_answer,
        milliseconds=tuple(answer.milliseconds for answer in answers[size.warm_up :]),
        memory=memory,
        per_second=per_second,
        silent=sum(not answer.messages for answer in answers),
    )
