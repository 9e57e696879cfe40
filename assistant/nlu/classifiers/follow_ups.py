"""Linear ranker for the topic of an utterance that may depend on the question before it.

That is the last answered question, or the segment before in the same message. Features of a candidate topic are its
log-probabilities alone and in context (appended to the question before), whether it equals the topic before, and the
form of the utterance. Training fits the weights to ``data/en/follow_ups``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Any

import numpy as np

from assistant.core.dialogue.history import AnsweredQuestion
from assistant.core.protocol import (
    ACKNOWLEDGE,
    FOLLOW_UPS,
    HUMAN,
    OUT_OF_SCOPE,
    PERSONAL_FACT,
    SMALL_TALK,
    SYMPTOM_REPORT,
    UNRELATED,
)
from assistant.nlu.classifiers.linear import Vectors
from assistant.nlu.en.utterance_form import DEPENDENT, UtteranceForm

Topics = Mapping[str, float]
"""Probabilities by topic."""
Features = Iterator[tuple[str, float]]
"""Names of weights, and values."""

EPSILON = 1e-4
CONFIDENT_SUBJECT = 0.65  # probability from which a newly named subject decides alone
CONFIDENT_REPLY = 0.95  # probability from which a message is a question about the answer
POSSIBLE_SYMPTOM = 0.2
EMBEDDING_SCALE = (
    2.0  # of the features from embeddings, whose values are small: relative to the others' penalty
)
TOP_K = 6  # candidates from each distribution
ALTERNATIVES = (UNRELATED, PERSONAL_FACT, ACKNOWLEDGE)
"""Readings of an utterance that is not about the answer before."""
NEVER_FOLLOW_UPS = SMALL_TALK | {ACKNOWLEDGE, HUMAN, "bot_challenge", "capabilities", "privacy"}


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
    asks: bool = False
    function_words: frozenset[str] = frozenset()
    """Those in it."""
    begins_with_oneself: bool = False
    """It begins with the person: "i live in" rather than "its only"."""
    introduces_subject: bool = False
    """It brings something up: "what about my car"."""
    embedding: Vectors = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    """Of the utterance alone, [384]."""
    agreement: float = 0.0
    """Cosine between it and the embedding in context."""

    @property
    def own(self) -> str:
        """The most probable topic alone."""
        return max(self.alone, key=lambda topic: self.alone[topic])

    @property
    def named(self) -> str | None:
        """The topic of a newly named subject, if it is confident: "and champagne?", after make-up.

        Small talk and acknowledgements are one in any form: "so long" is a goodbye.
        """
        is_new = self.form is UtteranceForm.NAMING or self.own in SMALL_TALK | {ACKNOWLEDGE}
        confident = self.alone[self.own] >= CONFIDENT_SUBJECT and self.own != OUT_OF_SCOPE
        return self.own if is_new and confident else None

    @property
    def may_be_symptom(self) -> bool:
        """Return whether it may report a symptom, which is never a mere fact or an acknowledgement: "it stings"."""
        return self.alone.get(SYMPTOM_REPORT, 0.0) >= POSSIBLE_SYMPTOM

    @property
    def depends(self) -> bool:
        """Return whether it clearly depends on the answer."""
        asks_about_it = self.own in FOLLOW_UPS and self.alone[self.own] >= CONFIDENT_REPLY
        return self.form in DEPENDENT or asks_about_it

    @property
    def topics(self) -> list[str]:
        """The candidate topics, among them always the one before, and ``ALTERNATIVES`` unless it depends on it."""
        likely = (
            topic
            for topics in (self.alone, self.in_context)
            for topic in sorted(topics, key=lambda topic: -topics[topic])[:TOP_K]
            if topic not in ALTERNATIVES
        )
        alternatives = () if self.depends else ALTERNATIVES
        return list(dict.fromkeys([*likely, self.before.topic, *alternatives]))


@dataclass(frozen=True)
class FollowUpRanker:
    """Weights by the name of their feature, the group of each topic, and topics that differ in the time only."""

    weights: Mapping[str, float]
    groups: Mapping[str, str] = field(default_factory=dict)
    counterparts: Mapping[str, str] = field(default_factory=dict)
    """Topics before a session, and their equivalents afterwards."""

    def topic(self, candidate: FollowUpCandidate) -> str:
        """Return the topic with the highest score, or one of ``ALTERNATIVES`` that have been learned.

        A time shift or a newly named subject with a confident topic overrides the scores.
        """
        shifted = self._shifted(candidate.form, candidate.before.topic)
        topic = shifted or candidate.named or max(self._topics(candidate), key=self._scorer(candidate))
        return UNRELATED if topic in ALTERNATIVES and candidate.may_be_symptom else topic

    def further_topic(self, candidate: FollowUpCandidate) -> str | None:
        """Return the topic of a further question in the same message, which is another one than that before."""
        left_out = {*ALTERNATIVES, *FOLLOW_UPS, candidate.before.topic}
        topics = [topic for topic in candidate.topics if topic not in left_out]
        shifted = self._shifted(candidate.form, candidate.before.topic)
        return shifted or max(topics, key=self._scorer(candidate), default=None)

    def _topics(self, candidate: FollowUpCandidate) -> list[str]:
        unlearned = {each for each in ALTERNATIVES if f"{each}, bias" not in self.weights}
        return [topic for topic in candidate.topics if topic not in unlearned]

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
    if topic in ALTERNATIVES:
        yield from ((f"{topic}, {name}", value) for name, value in features_of_alternative(candidate))
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


def features_of_alternative(candidate: FollowUpCandidate) -> Features:
    """Yield the features of ``ALTERNATIVES``, each of which has weights of its own for them."""
    form = candidate.form.name.lower()
    elsewhere = sum(candidate.alone.get(topic, 0.0) for topic in (OUT_OF_SCOPE, *NEVER_FOLLOW_UPS))
    by_form = (
        ("bias", 1.0),
        ("elsewhere", elsewhere),
        ("named", float(candidate.names_entity)),
        ("own", float(candidate.begins_with_oneself)),
        ("asks", float(candidate.asks)),
    )
    for name, value in by_form:
        yield from ((name, value), (f"{name}, {form}", value))
    yield "reply", max(candidate.alone.get(topic, 0.0) for topic in FOLLOW_UPS)
    yield "symptom", candidate.alone.get(SYMPTOM_REPORT, 0.0)
    yield "length", candidate.length / 10
    yield "unknown", candidate.unknown
    yield "before", log(candidate.alone.get(candidate.before.topic, 0.0) + EPSILON)
    yield from ((f"says {word}", 1.0) for word in candidate.function_words)
    yield from _of_subject(candidate, form)
    for number, value in enumerate(candidate.embedding * EMBEDDING_SCALE):
        yield str(number), float(value)


def _of_subject(candidate: FollowUpCandidate, form: str) -> Features:
    """Yield features of whether the subject is another one: "what about a mortgage"."""
    foreign, in_context = candidate.alone.get(OUT_OF_SCOPE, 0.0), candidate.in_context
    introduces = float(candidate.introduces_subject)
    yield "agreement", candidate.agreement
    yield "context", in_context.get(candidate.before.topic, 0.0)
    yield "context, foreign", in_context.get(OUT_OF_SCOPE, 0.0)
    yield "foreign", log(foreign + EPSILON)
    yield f"foreign, {form}", foreign
    yield "introduces", introduces
    yield "introduces, foreign", introduces * foreign
    yield "introduces, named", introduces * candidate.names_entity


def _of_staying(candidate: FollowUpCandidate, form: str, length: float) -> Features:
    foreign = candidate.alone.get(OUT_OF_SCOPE, 0.0)
    yield from (("stays", 1.0), (f"stays, {form}", 1.0), ("stays, length", length))
    yield "stays, sure of its own", candidate.alone[candidate.own]
    yield from (("stays, foreign", foreign), (f"stays, foreign, {form}", foreign))
    yield "stays, symptom", candidate.alone.get(SYMPTOM_REPORT, 0.0)
    yield "stays, reply", max(candidate.alone.get(topic, 0.0) for topic in FOLLOW_UPS)
