"""The report's data, for the page and the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assistant.analytics.anonymization import Anonymiser
from assistant.analytics.clusters import Encode, group
from assistant.analytics.counts import (
    Clarified,
    Row,
    by_topic,
    by_week,
    by_week_and_topic,
    clarified,
    unanswered,
)
from assistant.analytics.questions import Question
from assistant.core.content.content import Content

EXAMPLES: Final = 5  # texts shown per cluster


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
