"""Which topic a short message is about, after an answer: every topic that it may be about gets a score.

What the message says alone, what it says behind the question before, whether it would stay on that question's topic,
and what kind of remark it is: each counts with a weight that was fitted to talks (``data/follow_ups``), by
``python -m benchmarks.follow_up_weights``.
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
"""So many topics of each reading may be meant."""
LEANING = frozenset(
    {
        UtteranceForm.BARE,
        UtteranceForm.RESTRICTING,
        UtteranceForm.POINTING,
        UtteranceForm.AFTERWARDS,
        UtteranceForm.BEFOREHAND,
    }
)
"""Shapes that mean nothing without the answer before, so that it is what they are about."""
_BEFORE = {after: before for before, after in COUNTERPARTS.items()}

Weights = Mapping[str, float]


@dataclass(frozen=True)
class FollowUpCandidate:
    """A short message after an answer."""

    shape: UtteranceForm
    length: int
    """Words."""
    alone: Shares
    """Readings of the message itself."""
    behind: Shares
    """Readings of the message behind the question before."""
    context: PreviousAnswer
    unknown: float = 0.0
    """Share of the words that no dictionary has."""
    is_named: bool = False
    """Whether a word of the lexicon is in it."""
    is_own: bool = False
    """Whether it begins with the person: "i live in", rather than "its only"."""

    @property
    def own(self) -> str:
        """The likeliest topic of the message itself."""
        return max(self.alone, key=lambda topic: self.alone[topic])

    @property
    def turned(self) -> str | None:
        """The same question before or after a session, where the message only asks for that."""
        if self.shape is UtteranceForm.AFTERWARDS:
            return COUNTERPARTS.get(self.context.topic)
        return _BEFORE.get(self.context.topic) if self.shape is UtteranceForm.BEFOREHAND else None

    @property
    def named(self) -> str | None:
        """The topic of something else that is only named, where that tells it: "and champagne?", after make-up."""
        is_told = self.alone[self.own] >= SURE_NAMED and self.own != FOREIGN
        return self.own if self.shape is UtteranceForm.NAMING and is_told else None


def topic_of(remark: FollowUpCandidate, groups: Mapping[str, str], weights: Weights) -> str:
    """The topic with the highest score, or what is plainly asked for; ``UNRELATED`` where nothing binds the message
    to the answer before.

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
    """What the message may be about; the answer before always may be, and so may nothing that was said."""
    likely = (
        topic
        for shares in (remark.alone, remark.behind)
        for topic in sorted(shares, key=lambda topic: -shares[topic])[:LIKELIEST]
    )
    return list(
        dict.fromkeys([*likely, remark.context.topic, *((UNRELATED,) if remark.shape not in LEANING else ())])
    )


def signs(remark: FollowUpCandidate, topic: str, groups: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """What speaks for the topic, or against it: names of weights, and how much of each there is."""
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
