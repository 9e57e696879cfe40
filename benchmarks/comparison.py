"""Tables that compare two contenders: figures, ratios and targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.predictions import Guessed, calibration_error
from benchmarks.rounds import Round, mean
from benchmarks.scores import Share, is_right, score
from benchmarks.tables import megabytes, table, yes_or_no
from benchmarks.training import Training

Pick = Callable[["Measured"], float]
Show = Callable[[float], str]


@dataclass(frozen=True)
class Measured:
    """Measured costs of one contender."""

    training: Training
    rounds: Sequence[Round]


@dataclass(frozen=True)
class Cost:
    """One figure of both contenders, with the target for the ratio of ours to stock's."""

    label: str
    pick: Pick
    show: Show
    at_most: float | None = None
    at_least: float | None = None

    @property
    def wanted(self) -> str:
        """The target in the form of the table."""
        if self.at_most is not None:
            return f"≤ {self.at_most:.2f}"
        return f"≥ {self.at_least:.2f}" if self.at_least is not None else ""

    def verdict(self, ratio: float) -> str:
        """Format whether the ratio reaches the target; empty without a target."""
        if self.at_most is not None:
            return yes_or_no(ratio <= self.at_most)
        return yes_or_no(ratio >= self.at_least) if self.at_least is not None else ""


COSTS = (
    Cost("training", lambda m: m.training.seconds, lambda x: f"{x:.0f} s", at_most=1 / 2),
    Cost(
        "process start to first answer",
        lambda m: mean(m.rounds, lambda r: r.first_answer),
        lambda x: f"{x:.1f} s",
        at_most=1 / 2,
    ),
    Cost(
        "answer time, median",
        lambda m: mean(m.rounds, lambda r: r.median),
        lambda x: f"{x:.1f} ms",
        at_most=1 / 3,
    ),
    Cost("answer time, 95th percentile", lambda m: mean(m.rounds, lambda r: r.p95), lambda x: f"{x:.1f} ms"),
    Cost(
        "answers a second, several clients",
        lambda m: mean(m.rounds, lambda r: r.per_second),
        lambda x: f"{x:.0f}",
        at_least=3.0,
    ),
    Cost(
        "resident memory after the messages",
        lambda m: mean(m.rounds, lambda r: r.memory),
        megabytes,
        at_most=0.6,
    ),
)
POINTS = 10
"""Target for our advantage in accuracy, in percentage points."""


def cost_table(ours: Measured, stock: Measured) -> str:
    """Return a table of costs, averaged over the rounds."""
    rows = []
    for cost in COSTS:
        mine, theirs = cost.pick(ours), cost.pick(stock)
        ratio = mine / theirs
        rows.append(
            [cost.label, cost.show(mine), cost.show(theirs), f"{ratio:.2f}", cost.wanted, cost.verdict(ratio)]
        )
    return table(["", "ours", "stock", "ours / stock", "wanted", "reached"], rows)


def accuracy_table(ours: Mapping[str, Sequence[Guessed]], stock: Mapping[str, Sequence[Guessed]]) -> str:
    """Return a table of accuracies by question set."""
    rows = [row for name in ours for row in _accuracy_rows(name, ours[name], stock[name])]
    return table(["", "ours", "stock", "points", "wanted", "reached"], rows)


def rounds_table(measured: Mapping[str, Measured]) -> str:
    """Return a table of single rounds, in the order of measurement."""
    rounds = max(len(each.rounds) for each in measured.values())
    rows = [
        [
            f"{name}, round {number + 1}",
            f"{each.rounds[number].first_answer:.1f} s",
            f"{each.rounds[number].median:.1f} ms",
            f"{each.rounds[number].p95:.1f} ms",
            f"{each.rounds[number].per_second:.0f}",
            megabytes(each.rounds[number].memory),
        ]
        for number in range(rounds)
        for name, each in measured.items()
    ]
    return table(["", "first answer", "median", "95th percentile", "a second", "memory"], rows)


def likeliest_right(guessed: Sequence[Guessed]) -> Share:
    """Return the share of questions with the right top-1 topic, even if the model would clarify."""
    return Share(sum(guess.topic in question.topics for question, guess in guessed), len(guessed))


def answered_right(guessed: Sequence[Guessed]) -> Share:
    """Return the share of questions answered with the right topic; a clarification counts as wrong."""
    return Share(sum(is_right(question, guess.as_reply) for question, guess in guessed), len(guessed))


def _accuracy_rows(name: str, ours: Sequence[Guessed], stock: Sequence[Guessed]) -> list[list[str]]:
    mine, theirs = (score([(question, guess.as_reply) for question, guess in each]) for each in (ours, stock))
    return [
        _points_row(f"{name}: right topic answered", answered_right(ours), answered_right(stock), POINTS),
        _points_row(
            f"{name}: likeliest topic right, asked back or not",
            likeliest_right(ours),
            likeliest_right(stock),
            POINTS,
        ),
        _points_row(f"{name}: out of scope rejected", mine.foreign_rejected, theirs.foreign_rejected),
        _points_row(f"{name}: in scope wrongly rejected", mine.own_rejected, theirs.own_rejected),
        [
            f"{name}: expected calibration error",
            f"{calibration_error(ours):.3f}",
            f"{calibration_error(stock):.3f}",
            "",
            "",
            "",
        ],
    ]


def _points_row(label: str, ours: Share, stock: Share, wanted: float | None = None) -> list[str]:
    points = 100 * (ours.value - stock.value)
    target = [f"≥ +{wanted}", yes_or_no(points >= wanted)] if wanted is not None else ["", ""]
    return [label, str(ours), str(stock), f"{points:+.1f}", *target]
