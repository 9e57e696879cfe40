"""Which topic a short message is about, after an answer: every topic that it may be about gets a score.

What the message says alone, what it says behind the question before, whether it would stay on that question's topic,
and what kind of remark it is: each counts with a weight that was fitted to talks (``data/talks``), by
``python -m benchmarks.follow_up_weights``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from knowledge.follow_ups import FOLLOW_UPS
from nlu.following_up import COUNTERPARTS, FOREIGN, NEVER_ABOUT_AN_ANSWER, Context, Shape, Shares

FLOOR = 1e-4
SURE_NAMED = 0.65
LIKELIEST = 6
"""So many topics of each reading may be meant."""
SYMPTOM = "symptom_report"
_BEFORE = {after: before for before, after in COUNTERPARTS.items()}

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Remark:
    """A short message after an answer."""

    shape: Shape
    length: int
    """Words."""
    alone: Shares
    """Readings of the message itself."""
    behind: Shares
    """Readings of the message behind the question before."""
    context: Context

    @property
    def own(self) -> str:
        """The likeliest topic of the message itself."""
        return max(self.alone, key=lambda topic: self.alone[topic])

    @property
    def turned(self) -> str | None:
        """The same question before or after a session, where the message only asks for that."""
        if self.shape is Shape.AFTERWARDS:
            return COUNTERPARTS.get(self.context.topic)
        return _BEFORE.get(self.context.topic) if self.shape is Shape.BEFOREHAND else None

    @property
    def named(self) -> str | None:
        """The topic of something else that is only named, where that tells it: "and champagne?", after make-up."""
        is_told = self.alone[self.own] >= SURE_NAMED and self.own != FOREIGN
        return self.own if self.shape is Shape.NAMING and is_told else None


def topic_of(remark: Remark, groups: Mapping[str, str], weights: Weights) -> str:
    """The topic with the highest score, or what is plainly asked for.

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


def topics_of(remark: Remark) -> list[str]:
    """What the message may be about; that of the answer before always may."""
    likely = (
        topic
        for shares in (remark.alone, remark.behind)
        for topic in sorted(shares, key=lambda topic: -shares[topic])[:LIKELIEST]
    )
    return list(dict.fromkeys([*likely, remark.context.topic]))


def signs(remark: Remark, topic: str, groups: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """What speaks for the topic, or against it: names of weights, and how much of each there is."""
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
    yield SYMPTOM, float(topic == SYMPTOM)


def _staying(remark: Remark, shape: str, length: float) -> Iterator[tuple[str, float]]:
    foreign = remark.alone.get(FOREIGN, 0.0)
    yield from (("stays", 1.0), (f"stays, {shape}", 1.0), ("stays, length", length))
    yield "stays, sure of its own", remark.alone[remark.own]
    yield from (("stays, foreign", foreign), (f"stays, foreign, {shape}", foreign))
    yield "stays, symptom", remark.alone.get(SYMPTOM, 0.0)
    yield "stays, reply", max(remark.alone.get(topic, 0.0) for topic in FOLLOW_UPS)
