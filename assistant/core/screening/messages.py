"""Messages of the check: a question, its reason, the result, and the prompt to resume after a digression."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from assistant.core.content.articles import cite
from assistant.core.content.content import Content
from assistant.core.protocol import (
    ANSWERED,
    CANDIDATE_CHECK,
    CHECK_REPLY,
    CLARIFY,
    GOODBYE,
    HUMAN,
    MORE_TO_COME,
    NOT_COVERED,
    OUT_OF_SCOPE,
    SMALLTALK,
)
from assistant.core.screening.progress import Act, Progress, Say
from assistant.core.screening.questions import Screening, ScreeningQuestion

Message = dict[str, Any]
"""A message of the protocol: ``text``, ``buttons`` and ``metadata``."""


LIST = "/check_list"
"""Payload of the button that lists everything the check would ask about."""
OPEN_FOR: Final = 3  # user messages for which the question accepts a plain yes or no
_AFTER = frozenset({ANSWERED, NOT_COVERED, CLARIFY, OUT_OF_SCOPE, SMALLTALK})
_ENDS = frozenset({GOODBYE, HUMAN})
"""Topics after which no prompt is added."""
Event = Mapping[str, Any]
"""A conversation event in Rasa's format."""


def build_message(say: Say, progress: Progress, check: Screening, content: Content) -> Message:
    """Build the message that follows a step."""
    if say == "end":
        return _end(progress, check, content)
    if say in ("stopped", "nothing_to_stop") or progress.question is None:
        return _stopped(say, progress, check, content)
    return _ask(say, check.questions[progress.question], progress, check, content)


def payload(act: Act, about: str | None = None) -> str:
    """Return the payload of a button in Rasa's notation; ``about`` ties it to its question."""
    value = {"act": act} | ({"about": about} if about else {})
    return f"/{CHECK_REPLY}{json.dumps({CHECK_REPLY: value}, sort_keys=True)}"


def _ask(
    say: Say, question: ScreeningQuestion, progress: Progress, check: Screening, content: Content
) -> Message:
    asked_about = [condition for condition in check.questions if condition not in progress.known]
    number = asked_about.index(question.id) + 1
    asked = check.wording.count.format(number=number, total=len(asked_about), question=question.ask)
    metadata: Message = {"topic": CANDIDATE_CHECK, "outcome": CLARIFY, "condition": question.id}
    if say == "why":
        metadata["sources"] = cite(question.facts, content.facts, content.articles)
        if question.disagreement:
            metadata["disagreement"] = True
    return {
        "text": _paragraphs([*_before(say, question, progress, check), asked], content),
        "buttons": [*_buttons(question, check, asks_why=say != "why"), *_list_button(say, check)],
        "metadata": metadata,
    }


def _before(say: Say, question: ScreeningQuestion, progress: Progress, check: Screening) -> list[str]:
    words = check.wording
    if say == "begin":
        number = len(check.questions) - len(progress.known)
        known = words.known.format(conditions=_names(progress.known, check)) if progress.known else ""
        return [words.begin.replace("{number}", str(number)), known]
    said = {
        "resume": words.resumed, "why": question.why, "unclear": words.unclear,
        "back": words.went_back, "at_start": words.at_start,
    }  # fmt: skip
    return [said.get(say, "")]


def _buttons(question: ScreeningQuestion, check: Screening, *, asks_why: bool) -> list[dict[str, str]]:
    words = check.wording
    choices: list[tuple[str, Act]] = [
        (words.said_yes, "yes"), (words.said_no, "no"), (words.said_unsure, "unsure"),
    ]  # fmt: skip
    if asks_why:
        choices.append((words.ask_why, "why"))
    return [{"title": title, "payload": payload(act, question.id)} for title, act in choices]


def _list_button(say: Say, check: Screening) -> list[dict[str, str]]:
    return [{"title": check.wording.only_list, "payload": LIST}] if say == "begin" else []


def _stopped(say: Say, progress: Progress, check: Screening, content: Content) -> Message:
    words = check.wording
    metadata: Message = {"topic": CANDIDATE_CHECK, "outcome": ANSWERED}
    if say == "nothing_to_stop" or progress.question is None:
        return {"text": words.nothing_to_stop, "metadata": metadata}
    against = progress.named("yes")
    lines = [words.stopped_with_reasons, _lines(against, check)] if against else []
    return {
        "text": _paragraphs([words.stopped, *lines], content),
        "buttons": [{"title": words.go_on, "payload": payload("go_on")}],
        "metadata": metadata | _evidence(against, check, content),
    }


def _end(progress: Progress, check: Screening, content: Content) -> Message:
    words, order = check.wording, list(check.questions)
    against = sorted(progress.named("yes"), key=order.index)
    unsure = sorted(progress.named("unsure"), key=order.index)
    parts = [
        *([words.reasons, _lines(against, check)] if against else []),
        *([words.unsures, _lines(unsure, check)] if unsure else []),
        *([words.none] if not (against or unsure) else []),
        *([words.rest] if (against or unsure) and progress.named("no") else []),
        words.last,
    ]
    named = [*against, *unsure]
    metadata: Message = {
        "topic": CANDIDATE_CHECK,
        "outcome": ANSWERED,
        **_evidence(named or order, check, content),
    }
    if named:
        metadata |= {"condition": named[0], "conditions": named}
    person = {"title": content.topics[HUMAN].label, "payload": f"/{HUMAN}"}
    return {"text": _paragraphs(parts, content), "buttons": [person], "metadata": metadata}


def _evidence(conditions: Sequence[str], check: Screening, content: Content) -> Message:
    questions = [check.questions[condition] for condition in conditions]
    facts = [fact for question in questions for fact in question.facts]
    evidence: Message = {"sources": cite(facts, content.facts, content.articles)} if facts else {}
    return evidence | ({"disagreement": True} if any(question.disagreement for question in questions) else {})


def _lines(conditions: Iterable[str], check: Screening) -> str:
    return "\n".join(_line(check.questions[condition], check) for condition in conditions)


def _line(question: ScreeningQuestion, check: Screening) -> str:
    name = question.name[0].upper() + question.name[1:]
    return check.wording.line.format(name=name, reason=question.reason, whom=question.whom)


def _names(conditions: Sequence[str], check: Screening) -> str:
    return ", ".join(check.questions[condition].name for condition in conditions)


def _paragraphs(parts: Iterable[str], content: Content) -> str:
    text = "\n\n".join(part.strip() for part in parts if part)
    return text.replace("{clinic_name}", content.placeholders["clinic_name"])


def is_open(progress: Progress, events: Iterable[Event]) -> bool:
    """Return True if a plain "no" would answer the check.

    Its question was asked recently, and no alarm, handoff or goodbye has come since.
    """
    if not progress.is_under_way or progress.stopped:
        return False
    return _is_open(events)


def with_resume_prompt(
    message: Message, progress: Progress, events: Iterable[Event], check: Screening
) -> Message:
    """Add a prompt to an answer about something else, if a question of the check is still open."""
    about = message["metadata"]
    if about["topic"] in _ENDS or about["outcome"] not in _AFTER or progress.question is None:
        return message
    said = list(events)
    if _has_more_to_come(said) or not is_open(progress, said):
        return message
    name = check.questions[progress.question].name
    button = {"title": check.wording.go_on, "payload": payload("go_on")}
    text = f"{message['text'].rstrip()}\n\n{check.wording.still_open.format(name=name)}"
    return {**message, "text": text, "buttons": [button, *message.get("buttons", [])]}


def _has_more_to_come(events: Iterable[Event]) -> bool:
    """Return True if another question of the same message is answered after this one."""
    asked = next((event for event in reversed(list(events)) if event.get("event") == "user"), {})
    return bool((asked.get("metadata") or {}).get(MORE_TO_COME))


def _is_open(events: Iterable[Event]) -> bool:
    others = 0
    for event in reversed(list(events)):
        if event.get("event") == "user":
            others += 1
        if event.get("event") == "bot":
            about = (event.get("metadata") or {}).get("metadata") or {}
            if (
                about.get("topic") == CANDIDATE_CHECK
                and about.get("condition")
                and about.get("outcome") == CLARIFY
            ):
                return others <= OPEN_FOR
            if about.get("outcome") not in _AFTER or about.get("topic") in _ENDS:
                return False
    return False
