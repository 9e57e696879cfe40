"""Questions and wording of the check, from ``data/en/screening.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_records, read_yaml, record_of


class ScreeningQuestion(Record):
    """A question about one condition, and the meaning of a yes."""

    id: str
    """ID of a condition in the lexicon."""
    name: str
    ask: str
    why: str
    reason: str
    whom: str
    facts: tuple[str, ...]
    disagreement: bool = False


class ScreeningWording(Record):
    """All sentences of the check; the file documents their placeholders."""

    begin: str
    known: str
    count: str
    resumed: str
    unclear: str
    went_back: str
    at_start: str
    still_open: str
    go_on: str
    said_yes: str
    said_no: str
    said_unsure: str
    ask_why: str
    only_list: str
    stopped: str
    stopped_with_reasons: str
    nothing_to_stop: str
    none: str
    reasons: str
    unsures: str
    line: str
    rest: str
    last: str


class ReplyWords(Record):
    """Cue words of replies, in lower case and without apostrophes."""

    plain_yes: tuple[str, ...]
    plain_no: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    surely_no: tuple[str, ...]
    firm_yes: tuple[str, ...]
    firm_no: tuple[str, ...]
    unsure: tuple[str, ...]
    why: tuple[str, ...]
    stop: tuple[str, ...]
    back: tuple[str, ...]
    go_on: tuple[str, ...]
    restart: tuple[str, ...]
    check: tuple[str, ...]
    fillers: tuple[str, ...]
    asking_words: tuple[str, ...]
    question_words: tuple[str, ...]


class OwnWords(Record):
    """Cue words for a condition of the person's own, and those that make it somebody else's."""

    says: tuple[str, ...]
    unless: tuple[str, ...]
    denials: tuple[str, ...]


@dataclass(frozen=True)
class Screening:
    """Complete content of the check."""

    questions: Mapping[str, ScreeningQuestion]
    """By condition ID, in the order of asking."""
    wording: ScreeningWording
    replies: ReplyWords
    own: OwnWords


def load_screening(data: Path) -> Screening:
    """Load the check from the folder ``data``.

    Raises:
        ContentError: the file is missing or invalid.
    """
    path = data / LANGUAGE / "screening.yml"
    questions = read_records(path, "candidate_questions", ScreeningQuestion)
    content = read_yaml(path)
    return Screening(
        questions={question.id: question for question in questions},
        wording=record_of(path, content, "candidate_wording", ScreeningWording),
        replies=record_of(path, content, "candidate_replies", ReplyWords),
        own=record_of(path, content, "candidate_own", OwnWords),
    )
