"""Chooses segment boundaries among the candidates.

A candidate needs less evidence if the segments before and after it have different topics. It needs more if one of them
is a mere statement, which then belongs to the other one's question, and if another candidate is likely: most messages
with several questions have two. A reported alarm always gets its own answer, so that a question next to it begins on
the least evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from assistant.nlu.boundary_classifier import Array

Span = tuple[int, int]
"""Token indices: the first, and the one after the last."""
Shares = Mapping[str, float]
"""Probabilities by topic."""

MOST_PLACES = 4
FLOOR = 1e-6  # lower bound of the probability that two distributions agree


@dataclass(frozen=True)
class Segment:
    """Interpretation of a span of tokens."""

    shares: Shares
    tells: bool = False
    """The span is a statement and asks nothing."""
    alarms: bool = False


@dataclass(frozen=True)
class Weights:
    """Weights of the evidence for a boundary; benchmarks/results.md has the curve."""

    possible: float = -2.2
    """Log-odds from which a candidate is considered."""
    difference: float = 0.28
    """Factor of the topic difference (``difference``), added to the log-odds."""
    rival: float = 0.6
    """Penalty factor for the probability of the likeliest other candidate."""
    told: float = 0.8
    """Penalty for each adjacent segment that is a mere statement."""
    alarm: float = 3.0
    """Bonus if one side reports an alarm and the other asks a question."""
    needed: float = 1.9


def segments(
    log_odds: Array, read: Callable[[Span], Segment], weights: Weights, *, alarming: bool
) -> list[Span]:
    """Return the segments of a message in order; a single span if it has no boundary.

    Args:
        log_odds: log-odds of a boundary before each word but the first, [words - 1].
        read: interprets a span.
        alarming: the message may be an alarm, so that less likely candidates are considered as well.
    """
    end = len(log_odds) + 1
    possible = weights.possible - (weights.alarm if alarming else 0.0)
    places = [at for at in range(1, end) if log_odds[at - 1] > possible]
    places = sorted(sorted(places, key=lambda at: -log_odds[at - 1])[:MOST_PLACES])
    if not places:
        return [(0, end)]
    pieces = [read(piece) for piece in pairwise([0, *places, end])]
    odds = [float(log_odds[at - 1]) for at in places]
    believed = [
        at
        for number, at in enumerate(places)
        if odds[number]
        + _between(pieces[: number + 1], pieces[number + 1 :], weights)
        - weights.rival * _likeliest(odds[:number] + odds[number + 1 :])
        > weights.needed
    ]
    return list(pairwise([0, *believed, end]))


def _between(before: Sequence[Segment], behind: Sequence[Segment], weights: Weights) -> float:
    last, following = before[-1], behind[0]
    evidence = weights.difference * difference(last.shares, following.shares)
    asked_after_alarm = any(piece.alarms for piece in before) and not following.tells and not following.alarms
    alarm_after_question = following.alarms and not all(piece.tells or piece.alarms for piece in before)
    if asked_after_alarm or alarm_after_question:
        return evidence + weights.alarm
    return evidence - weights.told * (last.tells + following.tells)


def _likeliest(log_odds: Sequence[float]) -> float:
    return max((1 / (1 + exp(-odds)) for odds in log_odds), default=0.0)


def difference(one: Shares, other: Shares) -> float:
    """Return the negative log-probability that both distributions mean the same topic, from 0 to 14."""
    return -log(sum(share * other.get(topic, 0.0) for topic, share in one.items()) + FLOOR)
