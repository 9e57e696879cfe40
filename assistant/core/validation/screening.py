"""Checks of ``data/en/screening.yml``: every question cites facts, and every reason in the articles has a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from string import Formatter

from assistant.core.content.articles import Fact, load_facts
from assistant.core.content.cue_words import pictures, plain_words
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.lexicon import load_lexicon
from assistant.core.protocol import WHO_SHOULD_AVOID
from assistant.core.screening.questions import Screening, ScreeningQuestion, load_screening
from assistant.core.validation.comparison import given_twice, unknown

REASON = "avoid-"
"""Prefix of the ids of facts that give a reason against the treatment."""
NOT_BEFORE = "no-"
"""Prefix of the ids of facts about substances to avoid before it."""

LONGEST = 45
"""Most words of a sentence in the candidate check."""
_BRACES = {
    "known": {"conditions"}, "begin": {"number"}, "count": {"number", "total", "question"},
    "still_open": {"name"}, "line": {"name", "reason", "whom"},
}  # fmt: skip
_EVERYWHERE = frozenset({"clinic_name"})
_SIGNS = frozenset({"?"})


def check_candidate(data: Path) -> list[Issue]:
    """Return the issues of the candidate check in the folder ``data``."""
    path = str(data / LANGUAGE / "screening.yml")
    try:
        check = load_screening(data)
        facts, conditions = load_facts(data), load_lexicon(data).get("condition", {})
    except ContentError as error:
        return error.issues
    covered = [entry.id for entry in conditions.values() if entry.covered]
    return [
        *unknown(path, "candidate_questions", "condition", check.questions, covered),
        *_not_asked_about(path, check, covered),
        *(
            issue
            for question in check.questions.values()
            for issue in _question_issues(path, question, facts)
        ),
        *_missed(path, check, facts),
        *_brace_issues(path, check),
        *_word_issues(path, check),
    ]


def _not_asked_about(path: str, check: Screening, covered: Collection[str]) -> Iterator[Issue]:
    for condition in covered:
        if condition not in check.questions:
            yield Issue(path, f"condition {condition}: the articles name it, and no question asks about it")


def _question_issues(path: str, question: ScreeningQuestion, facts: Mapping[str, Fact]) -> Iterator[Issue]:
    place = f"question {question.id}"
    yield from unknown(path, place, "fact", question.facts, facts)
    yield from given_twice(path, f"{place}, fact", question.facts)
    if not any(fact.startswith((REASON, NOT_BEFORE)) for fact in question.facts):
        yield Issue(path, f"{place}: no fact names a reason against it", expected=f"facts: [{REASON}…]")
    if not question.ask.replace("**", "").rstrip(".").count("?"):
        yield Issue(path, f"{place}: asks nothing", got=question.ask, expected="a question mark")
    for name in ("ask", "why", "reason", "whom"):
        length = len(getattr(question, name).split())
        if length > LONGEST:
            yield Issue(
                path, f"{place}: {name} is too long", got=f"{length} words", expected=f"at most {LONGEST}"
            )


def _missed(path: str, check: Screening, facts: Mapping[str, Fact]) -> Iterator[Issue]:
    asked = {fact for question in check.questions.values() for fact in question.facts}
    for fact in facts.values():
        if fact.topic == WHO_SHOULD_AVOID and fact.id.startswith(REASON) and fact.id not in asked:
            yield Issue(path, f"fact {fact.id}: a reason against it that no question asks about")


def _brace_issues(path: str, check: Screening) -> Iterator[Issue]:
    for name, sentence in check.wording.dict().items():
        yield from unknown(
            path,
            f"candidate_wording, {name}",
            "placeholder",
            _fields(sentence),
            _BRACES.get(name, set()) | _EVERYWHERE,
        )
    for question in check.questions.values():
        for name in ("name", "ask", "why", "reason", "whom"):
            yield from unknown(
                path,
                f"question {question.id}, {name}",
                "placeholder",
                _fields(getattr(question, name)),
                _EVERYWHERE,
            )


def _fields(sentence: str) -> list[str]:
    return [field for _, field, _, _ in Formatter().parse(sentence) if field is not None]


def _word_issues(path: str, check: Screening) -> Iterator[Issue]:
    """Yield words that never match, because messages are compared by their plain words."""
    lists = {**check.replies.dict(), **check.own.dict()}
    for name, words in lists.items():
        yield from given_twice(path, f"{name}, word", words)
        for word in words:
            plain = " ".join(plain_words(word))
            if plain != word and pictures(word) != [word]:
                yield Issue(path, f"{name}: a message never holds this word", got=word, expected=plain)
