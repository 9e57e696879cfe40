"""Accuracy of understanding: questions and replies in, shares out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from testbed.questions import OUT_OF_SCOPE, Question
from testbed.visitors import Message

CLARIFY = "clarify"
NOT_COVERED = "not_covered"
URGENT = "urgent"
NOT_IN_ARTICLES = frozenset({"none", "other"})
"""Labels of concerns and conditions that the articles do not mention."""


@dataclass(frozen=True)
class Reply:
    """An answer, reduced to what is judged."""

    topic: str
    outcome: str
    offered: tuple[str, ...] = ()
    """Topics of the buttons."""
    concern: str | None = None
    condition: str | None = None


Asked = tuple[Question, Reply]


@dataclass(frozen=True)
class Share:
    """A fraction."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Return the fraction from 0 to 1; 0 if the whole is empty."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        """Format for the tables."""
        return f"{self.value:.1%} ({self.part} of {self.whole})" if self.whole else "–"


@dataclass(frozen=True)
class Score:
    """Figures of NLU quality."""

    right: Share
    right_or_offered: Share
    foreign_rejected: Share
    own_rejected: Share
    alarms_found: Share
    false_alarms: Share
    named_right: Share
    """Accuracy of concerns and conditions if a topic that depends on them was answered."""


def reply_of(messages: Sequence[Message]) -> Reply:
    """Convert messages of the website channel: the first one decides; the buttons of all count as offered."""
    about = messages[0]["metadata"]
    buttons = [button for message in messages for button in message.get("buttons") or ()]
    return Reply(
        topic=str(about.get("topic")),
        outcome=str(about.get("outcome")),
        offered=tuple(button["payload"].removeprefix("/").partition("{")[0] for button in buttons),
        concern=about.get("concern"),
        condition=about.get("condition"),
    )


def score(asked: Sequence[Asked]) -> Score:
    """Compute every figure over its questions."""
    foreign = [pair for pair in asked if pair[0].is_foreign]
    own = [pair for pair in asked if not pair[0].is_foreign]
    return Score(
        right=_share(asked, is_right),
        right_or_offered=_share(asked, is_right_or_offered),
        foreign_rejected=_share(foreign, _is_rightly_rejected),
        own_rejected=_share(own, _is_wrongly_rejected),
        alarms_found=_share((pair for pair in asked if pair[0].urgent), _is_alarm),
        false_alarms=_share((pair for pair in asked if not pair[0].urgent), _is_alarm),
        named_right=_share((pair for pair in asked if _names_something(*pair)), _is_named_right),
    )


def is_right(question: Question, reply: Reply) -> bool:
    """Return whether the reply answers the question, rather than asking back."""
    return reply.outcome != CLARIFY and reply.topic in question.topics


def is_right_or_offered(question: Question, reply: Reply) -> bool:
    """Return whether the reply answers the question or offers the topic as a button."""
    return is_right(question, reply) or not question.topics.isdisjoint(reply.offered)


def is_missed(question: Question, reply: Reply) -> bool:
    """Return whether the topic or the alarm is wrong."""
    return not is_right(question, reply) or _is_alarm(question, reply) != question.urgent


def _is_rightly_rejected(question: Question, reply: Reply) -> bool:
    return reply.outcome == OUT_OF_SCOPE or is_right(question, reply)


def _is_wrongly_rejected(question: Question, reply: Reply) -> bool:
    return reply.outcome == OUT_OF_SCOPE and OUT_OF_SCOPE not in question.topics


def _is_alarm(_question: Question, reply: Reply) -> bool:
    return reply.outcome == URGENT


def _names_something(question: Question, reply: Reply) -> bool:
    labelled = question.concern is not None or question.condition is not None
    return labelled and reply.outcome != CLARIFY and reply.topic == question.topic


def _is_named_right(question: Question, reply: Reply) -> bool:
    expected = ((question.concern, reply.concern), (question.condition, reply.condition))
    return all(
        reply.outcome == NOT_COVERED if label in NOT_IN_ARTICLES else found == label
        for label, found in expected
        if label is not None
    )


def _share(asked: Iterable[Asked], holds: Callable[[Question, Reply], bool]) -> Share:
    found = [holds(question, reply) for question, reply in asked]
    return Share(sum(found), len(found))
