"""Comparison of our configuration with stock's in one run, alternating so that drift favours neither."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.load.generators import closed_loop
from benchmarks.quality.predictions import Guessed, calibration_error, guess_all, top_right
from benchmarks.quality.scores import Share, score
from benchmarks.run import Run, Section, Size, say, table, yes_or_no
from benchmarks.stock.project import installed_python, write_stock_project
from benchmarks.training import Training, model_of, train, train_once
from testbed.processes import serving
from testbed.projects import copy_project
from testbed.questions import load_questions, mixed_texts
from testbed.visitors import OpenVisitor, ask_in_turn, percentile, rest_visitor, website_visitor

OURS, STOCK = "ours", "stock"
POINTS = 10
"""Target for our advantage in accuracy, in percentage points."""
Guesses = Mapping[str, Sequence[Guessed]]


@dataclass(frozen=True)
class Contender:
    """A project with its channel."""

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
    median: float
    """Milliseconds."""
    p95: float
    """Milliseconds."""
    per_second: float
    """Answers per second to several clients."""
    memory: int
    """Bytes, after the messages of the single client."""
    silent: int = 0
    """Number of messages without an answer."""


@dataclass(frozen=True)
class Cost:
    """One figure of a round, with the target for the ratio of ours to stock's."""

    label: str
    pick: Callable[[Round], float]
    form: str
    at_most: float = float("inf")
    at_least: float = 0.0

    def row(self, ours: Sequence[Round], stock: Sequence[Round]) -> list[str]:
        """Return the row of the means over the rounds."""
        return self.row_of(mean(map(self.pick, ours)), mean(map(self.pick, stock)))

    def row_of(self, ours: float, stock: float) -> list[str]:
        """Return a row with both figures, their ratio, its target and whether it is reached."""
        ratio, is_bound = ours / stock, self.at_most < float("inf")
        wanted = f"≤ {self.at_most:.2f}" if is_bound else f"≥ {self.at_least:.2f}" if self.at_least else ""
        reached = yes_or_no(self.at_least <= ratio <= self.at_most) if wanted else ""
        return [self.label, self.form.format(ours), self.form.format(stock), f"{ratio:.2f}", wanted, reached]


TRAINING = Cost("training", lambda _: 0.0, "{:.0f} s", at_most=0.5)
COSTS = (
    Cost("process start to first answer", lambda r: r.first_answer, "{:.1f} s", at_most=0.5),
    Cost("answer time, median", lambda r: r.median, "{:.1f} ms", at_most=1 / 3),
    Cost("answer time, 95th percentile", lambda r: r.p95, "{:.1f} ms"),
    Cost("answers a second, several clients", lambda r: r.per_second, "{:.0f}", at_least=3.0),
    Cost("resident memory after the messages, MB", lambda r: r.memory / 1e6, "{:,.0f}", at_most=0.6),
)


def measure(run: Run) -> Section:
    """Train both, then measure them alternately."""
    both = contenders(run)
    trainings = (train(both[0].project, OURS), train_stock(both[1], run))
    texts = mixed_texts(run.size.questions, run.size.messages)
    # in turn, so that a machine that becomes slower favours neither
    pairs = [[run_round(each, texts, run.size) for each in both] for _ in range(run.size.rounds)]
    ours, stock = zip(*pairs)
    training = TRAINING.row_of(trainings[0].seconds, trainings[1].seconds)
    costs = [training, *(cost.row(ours, stock) for cost in COSTS)]
    parts = (
        accuracy_table(*(_guesses(each, run) for each in both)),
        table(["", OURS, STOCK, "ours / stock", "wanted", "reached"], costs),
        _rounds_table(pairs),
        _notes(trainings[1], [sum(each.silent for each in rounds) for rounds in (ours, stock)], run),
    )
    return Section("Side by side with stock Rasa", "\n\n".join(parts))


def contenders(run: Run) -> tuple[Contender, Contender]:
    """Return both projects with the same content, untrained."""
    size = run.size
    stock = write_stock_project(run.scratch / STOCK, size.epochs, size.phrases, run.stories)
    ours = copy_project(run.scratch / OURS, size.phrases)
    return Contender(OURS, ours, website_visitor), Contender(STOCK, stock, rest_visitor, installed_python())


def train_stock(stock: Contender, run: Run) -> Training:
    """Train stock, which takes many minutes after a change of the content; the model is cached between runs."""
    name = STOCK if run.size.is_full else f"quick-{STOCK}"
    return train_once(stock.project, name, run.kept, stock.python)


def run_round(contender: Contender, texts: Sequence[str], size: Size) -> Round:
    """Start a contender, send the messages of a single client, then those of several."""
    say(f"{contender.name}: {len(texts)} messages of one client, then {size.clients} clients …")
    project, visitor = contender.project, contender.open_visitor
    with serving(project, model_of(project), {}, visitor, contender.python) as server:
        answers = ask_in_turn(server.base_url, visitor, texts)
        memory = server.memory()
        load = closed_loop(server.base_url, visitor, texts, size.clients, size.seconds)
    times = [answer.milliseconds for answer in answers[size.warm_up :]]
    silent = sum(not answer.messages for answer in answers)
    median, p95 = (percentile(times, share) for share in (0.5, 0.95))
    return Round(server.first_answer, median, p95, load.per_second, memory, silent)


def accuracy_table(ours: Guesses, stock: Guesses) -> str:
    """Return a table of accuracies by question set."""
    rows = [row for name in ours for row in _accuracy_rows(name, ours[name], stock[name])]
    return table(["", OURS, STOCK, "points", "wanted", "reached"], rows)


def _accuracy_rows(name: str, *both: Sequence[Guessed]) -> list[list[str]]:
    ours, stock = (score([(question, guess.as_reply) for question, guess in each]) for each in both)
    errors = [f"{calibration_error(each):.3f}" for each in both]
    return [
        _points_row(f"{name}: right topic answered", ours.right, stock.right, POINTS),
        _points_row(
            f"{name}: likeliest topic right, asked back or not",
            top_right(both[0]),
            top_right(both[1]),
            POINTS,
        ),
        _points_row(f"{name}: out of scope rejected", ours.foreign_rejected, stock.foreign_rejected),
        _points_row(f"{name}: in scope wrongly rejected", ours.own_rejected, stock.own_rejected),
        [f"{name}: expected calibration error", *errors, "", "", ""],
    ]


def _points_row(label: str, ours: Share, stock: Share, wanted: float | None = None) -> list[str]:
    points = 100 * (ours.value - stock.value)
    target = [f"≥ +{wanted}", yes_or_no(points >= wanted)] if wanted is not None else ["", ""]
    return [label, str(ours), str(stock), f"{points:+.1f}", *target]


def _guesses(contender: Contender, run: Run) -> Guesses:
    say(f"{contender.name}: reading the questions …")
    model, questions = model_of(contender.project), load_questions(run.size.questions)
    return guess_all(questions, contender.project, model, run.scratch, contender.python)


def _rounds_table(pairs: Sequence[Sequence[Round]]) -> str:
    head = ["", *(cost.label for cost in COSTS)]
    rows = [
        [f"{name}, round {number}", *(cost.form.format(cost.pick(each)) for cost in COSTS)]
        for number, pair in enumerate(pairs, start=1)
        for name, each in zip((OURS, STOCK), pair)
    ]
    return table(head, rows)


def _notes(training: Training, silent: Sequence[int], run: Run) -> str:
    size = run.size
    learnt = f"trained on {training.on}" + (" with each rule as a story, too" if run.stories else "")
    if training.skipped:
        learnt += f"; {' and '.join(training.skipped)} found no stories and stayed untrained, which makes stock lighter"
    if size.epochs is not None:
        learnt += (
            f"; for {size.epochs} epochs, not the 100 of its configuration, which would take hours: training time "
            "and accuracy are of these, answer times and memory do not depend on them"
        )
    return (
        f"{size.rounds} rounds, ours and stock in turn, each with a fresh process: {size.messages} messages of one "
        f"client (the first {size.warm_up} not timed), then memory, then {size.clients} clients for "
        f"{size.seconds:.0f} s. Mixed questions of eval and tests/nlu. Ours answers through the website channel with "
        f"its conversations in SQLite and opens signed sessions; stock answers through the REST channel with "
        f"conversations in memory, with the same phrases, domain, responses and rules, except for those that depend "
        f"on a known date. Stock: {learnt}. Messages without an answer: ours {silent[0]}, stock {silent[1]} (those "
        f"that only our actions answer). Accuracy is read from each model's own ranking, so ours here has no buttons."
    )
