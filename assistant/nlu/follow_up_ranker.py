"""Linear ranker for the topic of a short message after an answer.

Features of a candidate topic are its standalone and contextualized log-probabilities, whether it equals the previous
topic, and the form of the utterance. ``python -m benchmarks.follow_up_weights`` fits the weights to the
conversations in ``data/en/follow_ups``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from assistant.core.protocol import FOLLOW_UPS, SYMPTOM_REPORT, UNRELATED
from assistant.nlu.follow_up_features import (
    COUNTERPARTS,
    FOREIGN,
    NEVER_ABOUT_AN_ANSWER,
    PreviousAnswer,
    Shares,
    UtteranceForm,
)

FLOOR = 1e-4
SURE_NAMED = 0.65
LIKELIEST = 6
"""Number of candidates from each distribution."""
LEANING = frozenset(
    {
        UtteranceForm.BARE,
        UtteranceForm.RESTRICTING,
        UtteranceForm.POINTING,
        UtteranceForm.AFTERWARDS,
        UtteranceForm.BEFOREHAND,
    }
)
"""Forms that mean nothing without context, so that the previous answer is their subject."""
_BEFORE = {after: before for before, after in COUNTERPARTS.items()}

Weights = Mapping[str, float]


@dataclass(frozen=True)
class FollowUpCandidate:
    """A short message after an answer."""

    shape: UtteranceForm
    length: int
    """Number of words."""
    alone: Shares
    """Standalone topic probabilities."""
    behind: Shares
    """Topic probabilities of the message appended to the previous question."""
    context: PreviousAnswer
    unknown: float = 0.0
    """Share of out-of-vocabulary words."""
    is_named: bool = False
    """The message contains a word of the lexicon."""
    is_own: bool = False
    """The message begins with the person: "i live in" rather than "its only"."""

    @property
    def own(self) -> str:
        """The most probable standalone topic."""
        return max(self.alone, key=lambda topic: self.alone[topic])

    @property
    def turned(self) -> str | None:
        """The equivalent topic before or after a session, if the message only shifts the time."""
        if self.shape is UtteranceForm.AFTERWARDS:
            return COUNTERPARTS.get(self.context.topic)
        return _BEFORE.get(self.context.topic) if self.shape is UtteranceForm.BEFOREHAND else None

    @property
    def named(self) -> str | None:
        """The topic of a newly named subject, if it is confident: "and champagne?", after make-up."""
        is_told = self.alone[self.own] >= SURE_NAMED and self.own != FOREIGN
        return self.own if self.shape is UtteranceForm.NAMING and is_told else None


def topic_of(remark: FollowUpCandidate, groups: Mapping[str, str], weights: Weights) -> str:
    """Return the topic with the highest score, ``UNRELATED`` if the message is not about the previous answer.

    A time shift or a newly named subject with a confident topic overrides the scores.

    Args:
        groups: the group of each topic.
    """
    return (
        remark.turned
        or remark.named
        or max(
            topics_of(remark),
            key=lambda topic: sum(
                weights.get(sign, 0.0) * value for sign, value in signs(remark, topic, groups)
            ),
        )
    )


def topics_of(remark: FollowUpCandidate) -> list[str]:
    """Return the candidate topics, among them always the previous one.

    ``UNRELATED`` is a candidate unless the form depends on context.
    """
    likely = (
        topic
        for shares in (remark.alone, remark.behind)
        for topic in sorted(shares, key=lambda topic: -shares[topic])[:LIKELIEST]
    )
    return list(
        dict.fromkeys([*likely, remark.context.topic, *((UNRELATED,) if remark.shape not in LEANING else ())])
    )


def signs(remark: FollowUpCandidate, topic: str, groups: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Yield the features of a candidate topic: names of weights and values."""
    if topic == UNRELATED:
        yield from _unrelated(remark)
        return
    alone = log(remark.alone.get(topic, 0.0) + FLOOR)
    behind = log(remark.behind.get(topic, 0.0) + FLOOR)
    shape, length = remark.shape.name.lower(), remark.length / 10
    yield from (("alone", alone), (f"alone, {shape}", alone))
    yield from (("share", share := remark.alone.get(topic, 0.0)), (f"share, {shape}", share))
    yield from (("behind", behind), (f"behind, {shape}", behind))
    yield "own", float(topic == remark.own)
    if topic == remark.context.topic:
        yield from _staying(remark, shape, length)
    else:
        yield "neighbour", float(groups.get(topic) == groups.get(remark.context.topic))
    if topic in FOLLOW_UPS:
        yield from (("reply", 1.0), ("reply, alone", alone), ("reply, length", length))
    if topic == FOREIGN:
        yield from (("foreign", 1.0), (f"foreign, {shape}", 1.0), ("foreign, alone", alone))
        yield f"foreign, share, {shape}", share
    if topic in NEVER_ABOUT_AN_ANSWER:
        yield from (("dialogue", 1.0), ("dialogue, alone", alone))
    yield SYMPTOM_REPORT, float(topic == SYMPTOM_REPORT)


def _unrelated(remark: FollowUpCandidate) -> Iterator[tuple[str, float]]:
    shape, length = remark.shape.name.lower(), remark.length / 10
    elsewhere = sum(remark.alone.get(topic, 0.0) for topic in (FOREIGN, *NEVER_ABOUT_AN_ANSWER))
    yield from ((UNRELATED, 1.0), (f"{UNRELATED}, {shape}", 1.0), (f"{UNRELATED}, length", length))
    yield from (
        (f"{UNRELATED}, elsewhere", elsewhere),
        (f"{UNRELATED}, elsewhere, {shape}", elsewhere),
        (f"{UNRELATED}, unknown", remark.unknown),
        (f"{UNRELATED}, named", named := float(remark.is_named)),
        (f"{UNRELATED}, named, {shape}", named),
        (f"{UNRELATED}, own", own := float(remark.is_own)),
        (f"{UNRELATED}, own, {shape}", own),
        (f"{UNRELATED}, topic before", log(remark.alone.get(remark.context.topic, 0.0) + FLOOR)),
    )


def _staying(remark: FollowUpCandidate, shape: str, length: float) -> Iterator[tuple[str, float]]:
    foreign = remark.alone.get(FOREIGN, 0.0)
    yield from (("stays", 1.0), (f"stays, {shape}", 1.0), ("stays, length", length))
    yield "stays, sure of its own", remark.alone[remark.own]
    yield from (("stays, foreign", foreign), (f"stays, foreign, {shape}", foreign))
    yield "stays, symptom", remark.alone.get(SYMPTOM_REPORT, 0.0)
    yield "stays, reply", max(remark.alone.get(topic, 0.0) for topic in FOLLOW_UPS)
