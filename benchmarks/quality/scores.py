"""Accuracy of understanding: questions and replies in, shares out, and the known misses, a list that must shrink."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from assistant.core.content.yaml_files import read_yaml
from testbed.environment import ROOT
from testbed.questions import OUT_OF_SCOPE, Question
from testbed.visitors import Message

CLARIFY = "clarify"
NOT_COVERED = "not_covered"
URGENT = "urgent"
NOT_IN_ARTICLES = frozenset({"none", "other"})
"""Labels of concerns and conditions that the articles do not mention."""
KNOWN_MISSES = ROOT / "benchmarks" / "quality" / "known_misses.yml"
HEAD = """\
# Questions of tests/nlu that the assistant misses. The list must shrink: `python -m benchmarks understanding` takes
# out what is understood by now, and complains about a miss that isn't here (--accept-misses takes it in).
"""


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


@dataclass(frozen=True)
class Miss:
    """One question with the result that it got instead of its answer."""

    text: str
    expected: str
    got: str


def misses(asked: Iterable[Asked]) -> list[Miss]:
    """Return the questions with a wrong topic or alarm."""
    return [
        Miss(
            question.text,
            " or ".join((question.topic, *question.also)) + (" (urgent)" if question.urgent else ""),
            f"{reply.topic} ({reply.outcome})",
        )
        for question, reply in asked
        if is_missed(question, reply)
    ]


def known_and_new(found: Sequence[Miss], known: Sequence[Miss]) -> tuple[list[Miss], list[Miss]]:
    """Split misses; those with the text and the expected topic of a known one are known."""
    before = {(miss.text, miss.expected) for miss in known}
    still = [miss for miss in found if (miss.text, miss.expected) in before]
    return still, [miss for miss in found if miss not in still]


def read_misses(path: Path = KNOWN_MISSES) -> list[Miss]:
    """Return the list; empty if there is none yet."""
    given = read_yaml(path)["misses"] if path.exists() else ()
    return [Miss(*map(str, (each["text"], each["expected"], each["got"]))) for each in given or ()]


def write_misses(path: Path, found: Iterable[Miss], head: str = "") -> None:
    """Write the misses, ordered by topic, so that a run changes few lines."""
    ordered = sorted(found, key=lambda miss: (miss.expected, miss.text))
    content = {"misses": [asdict(miss) for miss in ordered]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110), "utf-8")
