"""Counts of questions by week and topic, and results of clarifications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeVar

from assistant.analytics.questions import Answer, Question
from assistant.core.protocol import ERROR, NOT_COVERED, OUT_OF_SCOPE, OUTCOMES

UNANSWERED: Final = frozenset({NOT_COVERED, OUT_OF_SCOPE, ERROR})
"""Outcomes of questions that may deserve an answer; clarifications count as well."""

_Key = TypeVar("_Key")
Row = Counter[str]
"""Number of answers by outcome, and of ratings under "up" and "down"."""
Next = Literal["chose", "asked in other words", "left"]


@dataclass(frozen=True)
class Clarified:
    """A clarification ("did you mean") and the person's reaction."""

    offered: tuple[str, ...]
    chosen: str | None
    what: Next


def by_week(questions: Iterable[Question]) -> dict[str, Row]:
    """Return counts by week, the newest first."""
    return dict(sorted(_count((q.week, a) for q, a in _answers(questions)).items(), reverse=True))


def by_topic(questions: Iterable[Question]) -> dict[str, Row]:
    """Return counts by topic, the most frequent first."""
    rows = _count((a.topic, a) for _, a in _answers(questions))
    return dict(sorted(rows.items(), key=lambda row: (-total(row[1]), row[0])))


def by_week_and_topic(questions: Iterable[Question]) -> dict[tuple[str, str], Row]:
    """Return counts by week and topic, in ascending order."""
    return dict(sorted(_count(((q.week, a.topic), a) for q, a in _answers(questions)).items()))


def unanswered(questions: Iterable[Question]) -> list[Question]:
    """Return typed questions that were not understood or that the articles do not cover."""
    return [
        question
        for question in questions
        if question.pressed is None
        and any(answer.asks_back or answer.outcome in UNANSWERED for answer in question.answers)
    ]


def clarified(questions: Sequence[Question]) -> Iterator[Clarified]:
    """Yield each clarification with the message that followed it."""
    for question, after in pairwise([*questions, None]):
        asked = next((answer for answer in question.answers if answer.asks_back), None) if question else None
        if question is None or asked is None:
            continue
        same = after if after is not None and after.conversation == question.conversation else None
        yield _clarified(asked, same)


def _clarified(asked: Answer, after: Question | None) -> Clarified:
    offered = tuple(asked.choices.values())
    if after is None:
        return Clarified(offered, None, "left")
    chosen = asked.choices.get(after.pressed or "")
    return Clarified(offered, chosen, "chose" if chosen else "asked in other words")


def _answers(questions: Iterable[Question]) -> Iterator[tuple[Question, Answer]]:
    return ((question, answer) for question in questions for answer in question.answers)


def _count(answers: Iterable[tuple[_Key, Answer]]) -> dict[_Key, Row]:
    rows: dict[_Key, Row] = {}
    for key, answer in answers:
        row = rows.setdefault(key, Counter())
        row[answer.outcome] += 1
        if answer.helpful is not None:
            row["up" if answer.helpful else "down"] += 1
    return rows


def total(row: Row) -> int:
    """Return the number of answers in a row."""
    return sum(row[outcome] for outcome in OUTCOMES)
