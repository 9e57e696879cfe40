"""The report's data, for the page and the tables: counts by week and topic, clarifications, clusters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal, TypeVar

from assistant.analytics.anonymization import Anonymiser
from assistant.analytics.clusters import Encode, group
from assistant.analytics.questions import Answer, Question
from assistant.core.content.content import Content
from assistant.core.protocol import ERROR, NOT_COVERED, OUT_OF_SCOPE, OUTCOMES

UNANSWERED: Final = frozenset({NOT_COVERED, OUT_OF_SCOPE, ERROR})
"""Outcomes of questions that may deserve an answer; clarifications count as well."""

_Key = TypeVar("_Key")
Row = Counter[str]
"""Number of answers by outcome, and of ratings under "up" and "down"."""
Next = Literal["chose", "asked in other words", "left"]
EXAMPLES: Final = 5  # texts shown per cluster


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
        and any(answer.is_clarification or answer.outcome in UNANSWERED for answer in question.answers)
    ]


def clarified(questions: Sequence[Question]) -> Iterator[Clarified]:
    """Yield each clarification with the message that followed it."""
    for question, after in pairwise([*questions, None]):
        asked = (
            next((answer for answer in question.answers if answer.is_clarification), None)
            if question
            else None
        )
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


@dataclass(frozen=True)
class Group:
    """A cluster of similar questions without an answer."""

    count: int
    topics: Sequence[tuple[str, int]]
    """Classified topics, the most frequent first."""
    outcomes: Sequence[tuple[str, int]]
    named: Sequence[tuple[str, int]]
    """Labels of the lexicon's terms in them."""
    examples: Sequence[str]
    """Empty if texts are not to be shown."""


@dataclass(frozen=True)
class Complaint:
    """An answer rated as unhelpful."""

    at: datetime
    topic: str
    outcome: str
    asked: str | None
    comment: str | None


@dataclass(frozen=True)
class Report:
    """Usage over a period."""

    questions: Sequence[Question]
    conversations: int
    weeks: dict[str, Row]
    topics: dict[str, Row]
    weeks_and_topics: dict[tuple[str, str], Row]
    groups: Sequence[Group]
    choices: Sequence[tuple[Clarified, int]]
    """Reactions to clarifications, with their counts."""
    complaints: Sequence[Complaint]
    shows_texts: bool


def make_report(
    questions: Sequence[Question], content: Content, encode: Encode, anonymiser: Anonymiser | None
) -> Report:
    """Return the report on questions sorted by conversation; without an anonymizer it has no texts."""
    return Report(
        questions=questions,
        conversations=len({question.conversation for question in questions}),
        weeks=by_week(questions),
        topics=by_topic(questions),
        weeks_and_topics=by_week_and_topic(questions),
        groups=_groups(unanswered(questions), content, encode, anonymiser),
        choices=Counter(clarified(questions)).most_common(),
        complaints=_complaints(questions, anonymiser),
        shows_texts=anonymiser is not None,
    )


def _groups(
    questions: Sequence[Question], content: Content, encode: Encode, anonymiser: Anonymiser | None
) -> list[Group]:
    newest = sorted(questions, key=lambda question: question.at, reverse=True)
    groups = group([question.text.lower() for question in newest], encode)
    return [_group([newest[position] for position in positions], content, anonymiser) for positions in groups]


def _group(questions: Sequence[Question], content: Content, anonymiser: Anonymiser | None) -> Group:
    answers = [answer for question in questions for answer in question.answers]
    named = Counter(label for question in questions for label in _named(question, content))
    texts = dict.fromkeys(anonymiser.clean(question.text) for question in questions) if anonymiser else ()
    return Group(
        count=len(questions),
        topics=Counter(answer.topic for answer in answers).most_common(3),
        outcomes=Counter(answer.outcome for answer in answers).most_common(),
        named=named.most_common(3),
        examples=list(texts)[:EXAMPLES],
    )


def _named(question: Question, content: Content) -> set[str]:
    return {
        content.lexicon[entity][value].label
        for entity, value in question.entities
        if value in content.lexicon.get(entity, {})
    }


def _complaints(questions: Sequence[Question], anonymiser: Anonymiser | None) -> list[Complaint]:
    complaints = [
        Complaint(
            at=question.at,
            topic=answer.topic,
            outcome=answer.outcome,
            asked=anonymiser.clean(question.text) if anonymiser and question.pressed is None else None,
            comment=anonymiser.clean(answer.comment) if anonymiser and answer.comment else None,
        )
        for question in questions
        for answer in question.answers
        if answer.helpful is False
    ]
    return sorted(complaints, key=lambda complaint: complaint.at, reverse=True)
