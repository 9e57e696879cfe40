"""Linear ranker for the topic of an utterance that may depend on the question before it.

That is the last answered question, or the segment before in the same message. Features of a candidate topic are its
log-probabilities alone and in context (appended to the question before), whether it equals the topic before, and the
form of the utterance. Training fits the weights to ``data/en/follow_ups``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.core.content.topics import Topic
from assistant.core.dialogue.history import AnsweredQuestion
from assistant.core.dialogue.small_replies import ACKNOWLEDGE
from assistant.core.protocol import (
    FOLLOW_UPS,
    HUMAN,
    OUT_OF_SCOPE,
    SMALL_TALK,
    SYMPTOM_REPORT,
    UNRELATED,
)
from assistant.nlu.classifiers.calibration import softmax
from assistant.nlu.classifiers.linear import Floats
from assistant.nlu.en.utterance_form import DEPENDENT, UtteranceForm

Topics = Mapping[str, float]
"""Probabilities by topic."""
Features = Iterator[tuple[str, float]]
"""Names of weights, and values."""

EPSILON = 1e-4
CONFIDENT_SUBJECT = 0.65  # probability from which a newly named subject decides alone
FOREIGN_SUBJECT = 0.8  # probability of being out of scope from which a new subject is a foreign one
FOREIGN_ENTITY = 0.97  # the same, if it is in the lexicon: "what about lip gloss" may be foreign by itself
TOP_K = 6  # candidates from each distribution
NEVER_FOLLOW_UPS = SMALL_TALK | {ACKNOWLEDGE, HUMAN, "bot_challenge", "capabilities", "privacy"}
PENALTY = 0.003  # on the squared difference of a weight from its initial value
PENALTY_UNRELATED = 0.0005
INITIAL = {"alone": 0.7, "context": 0.5}
"""Initial weights: both distributions count before training."""


@dataclass(frozen=True)
class FollowUpCandidate:
    """An utterance after a question."""

    form: UtteranceForm
    length: int
    """Number of words."""
    alone: Topics
    in_context: Topics
    """Of the utterance appended to the question before."""
    before: AnsweredQuestion
    unknown: float = 0.0
    """Share of out-of-vocabulary words."""
    names_entity: bool = False
    """It contains a word of the lexicon."""
    begins_with_oneself: bool = False
    """It begins with the person: "i live in" rather than "its only"."""
    introduces_subject: bool = False
    """It brings something up: "what about my car"."""

    @property
    def own(self) -> str:
        """The most probable topic alone."""
        return max(self.alone, key=lambda topic: self.alone[topic])

    @property
    def named(self) -> str | None:
        """The topic of a newly named subject, if it is confident: "and champagne?", after make-up.

        Small talk is one in any form: "so long" is a goodbye.
        """
        confident = self.alone[self.own] >= CONFIDENT_SUBJECT and self.own != OUT_OF_SCOPE
        is_new = self.form is UtteranceForm.NAMING or self.own in SMALL_TALK
        return self.own if is_new and confident else None

    @property
    def is_foreign(self) -> bool:
        """Return whether it brings up a subject that is out of scope: "what about a mortgage"."""
        needed = FOREIGN_ENTITY if self.names_entity else FOREIGN_SUBJECT
        return self.introduces_subject and self.alone.get(OUT_OF_SCOPE, 0.0) >= needed

    @property
    def topics(self) -> list[str]:
        """The candidate topics, among them always the one before.

        ``UNRELATED`` is a candidate unless the form depends on context.
        """
        likely = (
            topic
            for topics in (self.alone, self.in_context)
            for topic in sorted(topics, key=lambda topic: -topics[topic])[:TOP_K]
        )
        unrelated = () if self.form in DEPENDENT else (UNRELATED,)
        return list(dict.fromkeys([*likely, self.before.topic, *unrelated]))


@dataclass(frozen=True)
class FollowUpRanker:
    """Weights by the name of their feature, the group of each topic, and topics that differ in the time only."""

    weights: Mapping[str, float]
    groups: Mapping[str, str] = field(default_factory=dict)
    counterparts: Mapping[str, str] = field(default_factory=dict)
    """Topics before a session, and their equivalents afterwards."""

    def topic(self, candidate: FollowUpCandidate) -> str:
        """Return the topic with the highest score, ``UNRELATED`` if the question before does not matter.

        A time shift, a foreign subject or a newly named one with a confident topic overrides the scores.
        """
        if candidate.is_foreign:
            return UNRELATED
        shifted = self._shifted(candidate.form, candidate.before.topic)
        return shifted or candidate.named or max(candidate.topics, key=self._scorer(candidate))

    def _shifted(self, form: UtteranceForm, before: str) -> str | None:
        """Return the equivalent topic before or after a session, if the utterance only shifts the time."""
        if form is UtteranceForm.AFTERWARDS:
            return self.counterparts.get(before)
        others = {after: topic for topic, after in self.counterparts.items()}
        return others.get(before) if form is UtteranceForm.BEFOREHAND else None

    def _scorer(self, candidate: FollowUpCandidate) -> Any:
        return lambda topic: score(self.weights, features(candidate, topic, self.groups))


def score(weights: Mapping[str, float], given: Features) -> float:
    """Return the weighted sum of features."""
    return sum(weights.get(name, 0.0) * value for name, value in given)


def features(candidate: FollowUpCandidate, topic: str, groups: Mapping[str, str]) -> Features:
    """Yield the features of a candidate topic."""
    if topic == UNRELATED:
        yield from _of_unrelated(candidate)
        return
    share = candidate.alone.get(topic, 0.0)
    alone, context = log(share + EPSILON), log(candidate.in_context.get(topic, 0.0) + EPSILON)
    form, length = candidate.form.name.lower(), candidate.length / 10
    for name, value in (("alone", alone), ("share", share), ("context", context)):
        yield from ((name, value), (f"{name}, {form}", value))
    yield "own", float(topic == candidate.own)
    if topic == candidate.before.topic:
        yield from _of_staying(candidate, form, length)
    else:
        yield "group", float(groups.get(topic) == groups.get(candidate.before.topic))
    if topic in FOLLOW_UPS:
        yield from (("reply", 1.0), ("reply, alone", alone), ("reply, length", length))
    if topic == OUT_OF_SCOPE:
        yield from (("foreign", 1.0), (f"foreign, {form}", 1.0), ("foreign, alone", alone))
        yield f"foreign, share, {form}", share
    if topic in NEVER_FOLLOW_UPS:
        yield from (("dialogue", 1.0), ("dialogue, alone", alone))
    yield SYMPTOM_REPORT, float(topic == SYMPTOM_REPORT)


def _of_unrelated(candidate: FollowUpCandidate) -> Features:
    form = candidate.form.name.lower()
    elsewhere = sum(candidate.alone.get(topic, 0.0) for topic in (OUT_OF_SCOPE, *NEVER_FOLLOW_UPS))
    by_form = (
        ("bias", 1.0),
        ("elsewhere", elsewhere),
        ("named", float(candidate.names_entity)),
        ("own", float(candidate.begins_with_oneself)),
    )
    for name, value in by_form:
        yield from ((f"{UNRELATED}, {name}", value), (f"{UNRELATED}, {name}, {form}", value))
    yield f"{UNRELATED}, length", candidate.length / 10
    yield f"{UNRELATED}, unknown", candidate.unknown
    yield f"{UNRELATED}, before", log(candidate.alone.get(candidate.before.topic, 0.0) + EPSILON)


def _of_staying(candidate: FollowUpCandidate, form: str, length: float) -> Features:
    foreign = candidate.alone.get(OUT_OF_SCOPE, 0.0)
    yield from (("stays", 1.0), (f"stays, {form}", 1.0), ("stays, length", length))
    yield "stays, sure of its own", candidate.alone[candidate.own]
    yield from (("stays, foreign", foreign), (f"stays, foreign, {form}", foreign))
    yield "stays, symptom", candidate.alone.get(SYMPTOM_REPORT, 0.0)
    yield "stays, reply", max(candidate.alone.get(topic, 0.0) for topic in FOLLOW_UPS)


@dataclass(frozen=True)
class RankedExample:
    """An utterance after a question, with its acceptable topics."""

    candidate: FollowUpCandidate
    topics: frozenset[str]
    is_unrelated: bool = False
    """From unrelated.yml: fits the weights of ``UNRELATED`` only."""


def train_follow_ups(
    examples: Sequence[RankedExample], topics: Mapping[str, Topic], penalty: float = PENALTY
) -> FollowUpRanker | None:
    """Fit weights that maximize the likelihood of the right topics (conditional logit, McFadden 1974).

    The weights of topics are fitted first. With these fixed, those for utterances that are unrelated to the question
    before follow. Without examples, there is no ranker.
    """
    if not examples:
        return None
    groups = {topic.id: topic.group for topic in topics.values()}
    counterparts = {topic.id: topic.counterpart for topic in topics.values() if topic.counterpart}
    of_topics = _fit([each for each in examples if not each.is_unrelated], groups, {}, penalty)
    weights = _fit(examples, groups, of_topics, PENALTY_UNRELATED)
    return FollowUpRanker(weights, groups, counterparts)


@dataclass(frozen=True)
class _Choices:
    """Examples with their candidate topics, padded to the same number."""

    features: Floats
    """[examples, topics, names]"""
    fixed: Floats
    """Score by the fixed weights, [examples, topics]; minus infinity for padding."""
    is_right: NDArray[np.bool_]

    def loss(self, weights: Floats, initial: Floats, penalty: float) -> tuple[float, Floats]:
        """Return the mean negative log-likelihood of the right topics with its penalty, and the gradient."""
        shares = softmax(self.features @ weights + self.fixed)
        right = shares * self.is_right
        total = right.sum(axis=1, keepdims=True)
        loss = penalty * float(((weights - initial) ** 2).sum()) - float(np.log(total).mean())
        change = np.einsum("np,npf->f", shares - right / total, self.features) / len(total)
        return loss, 2 * penalty * (weights - initial) + change


def _fit(
    examples: Sequence[RankedExample], groups: Mapping[str, str], fixed: Mapping[str, float], penalty: float
) -> dict[str, float]:
    """Return the fixed weights and the fitted others; without fixed ones, ``UNRELATED`` is no candidate."""
    options = [[topic for topic in each.candidate.topics if fixed or topic != UNRELATED] for each in examples]
    given = [(each, topics) for each, topics in zip(examples, options) if not each.topics.isdisjoint(topics)]
    tables = [[dict(features(each.candidate, topic, groups)) for topic in topics] for each, topics in given]
    names = sorted({name for table in tables for row in table for name in row} - set(fixed))
    initial = np.array([INITIAL.get(name, 0.0) for name in names])
    is_right = [[topic in each.topics for topic in topics] for each, topics in given]
    choices = _padded(tables, is_right, names, fixed)
    found = minimize(choices.loss, initial, args=(initial, penalty), jac=True, method="L-BFGS-B")
    return {**fixed, **dict(zip(names, map(float, found.x)))}


def _padded(
    tables: Sequence[Sequence[Mapping[str, float]]],
    is_right: Sequence[Sequence[bool]],
    names: Sequence[str],
    fixed: Mapping[str, float],
) -> _Choices:
    shape = (len(tables), max(map(len, tables)))
    choices = _Choices(np.zeros((*shape, len(names))), np.full(shape, -np.inf), np.zeros(shape, dtype=bool))
    for number, table in enumerate(tables):
        size = len(table)
        choices.features[number, :size] = [[row.get(name, 0.0) for name in names] for row in table]
        choices.fixed[number, :size] = [score(fixed, iter(row.items())) for row in table]
        choices.is_right[number, :size] = is_right[number]
    return choices
