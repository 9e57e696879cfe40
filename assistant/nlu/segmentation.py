"""Which of the places where a question might begin are believed.

A place needs less evidence where what stands before and behind it is about different topics. It needs more where one
of the two only tells something, which then belongs to the question of the other, and where another place of the message
is likely: most messages that ask several things ask two. An alarm that is told wants an answer of its own: beside it,
a question begins on the least evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from assistant.nlu.boundary_classifier import Array

Span = tuple[int, int]
"""The first word, and the one after the last."""
Shares = Mapping[str, float]
"""Topics and how likely each is."""

MOST_PLACES = 4
FLOOR = 1e-6  # two readings are never told apart by less


@dataclass(frozen=True)
class Segment:
    """How some of a message's words were read."""

    shares: Shares
    tells: bool = False
    """Whether they tell something and ask nothing."""
    alarms: bool = False


@dataclass(frozen=True)
class Weights:
    """How the evidence for a place adds up. benchmarks/results.md has the curve."""

    possible: float = -2.2
    """Log-odds from which a place is looked at."""
    difference: float = 0.28
    """What it counts that the topics differ (``difference``), beside the log-odds."""
    rival: float = 0.6
    """What the probability of the likeliest other place counts against it."""
    told: float = 0.8
    """What counts against it for each of the two pieces that only tells something."""
    alarm: float = 3.0
    """What it counts that an alarm is told on one side, and something is asked on the other."""
    needed: float = 1.9


def segments(
    log_odds: Array, read: Callable[[Span], Segment], weights: Weights, *, alarming: bool
) -> list[Span]:
    """The questions of a message, in order; a single span where it is one.

    Args:
        log_odds: for each word but the first, that a further question begins with it.
        alarming: whether the message may be an alarm, so that also less likely places are looked at.
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
    """How unlikely two readings are to be about the same topic: minus the logarithm of that, 0 to 14."""
    return -log(sum(share * other.get(topic, 0.0) for topic, share in one.items()) + FLOOR)
