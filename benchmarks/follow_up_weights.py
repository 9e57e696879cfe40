"""Fits the weights of assistant.nlu.follow_up_ranker to data/en/follow_ups: `python -m benchmarks.follow_up_weights`.

Sends each conversation to the trained assistant and writes data/follow_up_weights.yml. It prints the cross-validated
accuracy. To be run again after substantial changes to phrases or conversations.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.core.content.follow_up_examples import WEIGHTS, FollowUpExample, follow_up_files
from assistant.core.content.yaml_files import read_records
from assistant.core.protocol import UNRELATED
from assistant.nlu.follow_up_ranker import FollowUpCandidate, signs, topic_of, topics_of
from benchmarks.quality.scores import Share
from testbed.environment import ROOT
from testbed.frozen_time import FrozenTimeAssistant, frozen_time_assistant

Floats = NDArray[np.float64]

FOLDS = 5
RESTRAINTS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
RESTRAINT = 0.003  # L2 penalty on the difference of a weight from its initial value
RESTRAINT_UNRELATED = 0.0005
HEAD = """# What each sign counts by which the topic of a short message is chosen (assistant/nlu/follow_up_ranker.py).
# Fitted to data/en/follow_ups by `python -m benchmarks.follow_up_weights`.
"""
START = {"alone": 0.7, "behind": 0.5}
"""Initial weights: both classifications count before training."""


@dataclass(frozen=True)
class Followed:
    """A conversation as classified by the assistant."""

    remark: FollowUpCandidate
    groups: Mapping[str, str]
    topics: frozenset[str]
    """Acceptable topics."""
    is_of_topics: bool = True
    """Used to fit topic weights; conversations of unrelated.yml only fit the remaining weights."""


def main() -> None:
    """Fit the weights, print the cross-validated accuracy and write the file."""
    with tempfile.TemporaryDirectory() as folder, frozen_time_assistant(Path(folder)) as assistant:
        followed = followed_talks(assistant)
    print(f"understood by weights fitted to the others: {left_out(followed)}")
    weights = {sign: round(weight, 3) for sign, weight in sorted(fit(followed).items())}
    (ROOT / "data" / WEIGHTS).write_text(f"{HEAD}{yaml.safe_dump(weights)}", encoding="utf-8")


def followed_talks(assistant: FrozenTimeAssistant) -> list[Followed]:
    """Return the conversations in which the second message is classified in context."""
    return [
        replace(each, is_of_topics=path.stem != UNRELATED)
        for path in follow_up_files(ROOT / "data")
        for talk in read_records(path, "talks", FollowUpExample)
        if (each := _follow(assistant, talk)) is not None
    ]


def left_out(followed: Sequence[Followed], restraint: float = RESTRAINT) -> Share:
    """Return the cross-validated accuracy."""
    right = 0
    for fold in range(FOLDS):
        others = [each for number, each in enumerate(followed) if number % FOLDS != fold]
        weights = fit(others, restraint)
        right += sum(
            topic_of(each.remark, each.groups, weights) in each.topics for each in followed[fold::FOLDS]
        )
    return Share(right, len(followed))


def fit(followed: Sequence[Followed], restraint: float = RESTRAINT) -> dict[str, float]:
    """Return weights that maximize the likelihood of the right topics (conditional logit, McFadden 1974).

    The topic weights are fitted first. With these fixed, the weights for messages that are unrelated to the previous
    answer follow.
    """
    of_topics = _fitted([each for each in followed if each.is_of_topics], {}, restraint)
    return _fitted(followed, of_topics, RESTRAINT_UNRELATED)


def _fitted(followed: Sequence[Followed], kept: Mapping[str, float], restraint: float) -> dict[str, float]:
    """Return the fixed weights with the fitted others; without fixed ones, ``UNRELATED`` is no candidate."""
    options = [[topic for topic in topics_of(each.remark) if kept or topic != UNRELATED] for each in followed]
    given = [(topics, each) for topics, each in zip(options, followed) if not each.topics.isdisjoint(topics)]
    evidence = [[dict(signs(each.remark, topic, each.groups)) for topic in topics] for topics, each in given]
    names = sorted({sign for choices in evidence for choice in choices for sign in choice} - set(kept))
    tables = [
        np.array([[choice.get(name, 0.0) for name in names] for choice in choices]) for choices in evidence
    ]
    known = [np.array([_score(choice, kept) for choice in choices]) for choices in evidence]
    right = [np.array([topic in each.topics for topic in topics]) for topics, each in given]
    start = np.array([START.get(name, 0.0) for name in names])
    choices = list(zip(tables, known, right))
    found = minimize(_loss, start, args=(start, restraint, choices), jac=True, method="L-BFGS-B")
    return {**kept, **dict(zip(names, map(float, found.x)))}


def _score(choice: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(sign, 0.0) * value for sign, value in choice.items())


def _loss(
    weights: Floats,
    start: Floats,
    restraint: float,
    choices: Sequence[tuple[Floats, Floats, NDArray[np.bool_]]],
) -> tuple[float, Floats]:
    """Return the mean negative log-likelihood of the right topics with its penalty, and the gradient."""
    loss = restraint * float(((weights - start) ** 2).sum())
    gradient = 2 * restraint * (weights - start)
    for table, score, is_right in choices:
        scores = table @ weights + score
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        kept = shares * is_right
        loss -= float(np.log(kept.sum())) / len(choices)
        gradient += table.T @ (shares - kept / kept.sum()) / len(choices)
    return loss, gradient


def _follow(assistant: FrozenTimeAssistant, talk: FollowUpExample) -> Followed | None:
    """Return None if the message is not classified in context: it is too long, or an alarm."""
    heard: list[tuple[FollowUpCandidate, Mapping[str, str]]] = []

    def listening(remark: FollowUpCandidate, groups: Mapping[str, str], weights: Any) -> str:
        heard.append((remark, groups))
        return topic_of(remark, groups, weights)

    conversation, now = f"website-{uuid.uuid4().hex}", datetime.now(timezone.utc)
    assistant.say(conversation, talk.before, now, "UTC")
    heard.clear()
    with patch("assistant.nlu.follow_up_classifier.topic_of", listening):
        assistant.say(conversation, talk.text, now, "UTC")
    return Followed(*heard[-1], frozenset(talk.topic)) if heard else None


if __name__ == "__main__":
    main()
