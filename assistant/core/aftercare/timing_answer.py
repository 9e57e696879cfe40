"""Answer to "may I?" for one person: a verdict on each thing, with dates and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Any

from assistant.core.aftercare.grammar import Draft, Message, Sentences, complete, is_duty, say_verdict
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, readings
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timing_question import TimingQuestion, duties, things
from assistant.core.aftercare.verdicts import BY_STRICTNESS, VerdictResult, verdict
from assistant.core.protocol import AFTER_NOT_COVERED, ASK_DATE

BANS = frozenset({"avoid", "not_yet"})
ASK_DATE_CARD = {"type": ASK_DATE}
"""Card that makes a channel show a date-and-time input."""


@dataclass(frozen=True)
class _Answer:
    """Verdict on one of the things that a question names."""

    asked: TimingQuestion
    given: VerdictResult
    is_open: bool
    """True if the hour of the treatment could change the verdict."""


def answer_timing(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message:
    """Return whether the subject is fine at the datetimes ``when`` (the first and the last possible one), or now.

    Of all verdicts that the person's words leave open, the strictest counts. Several things get a verdict each.

    Raises:
        ValueError: the treatment is not known.
    """
    if asked.activities and duties(asked, book.aftercare):
        return _answer_duty(asked, person, when, book)
    parts = [_answer(each, person, when, book) for each in _things(asked, person, book)]
    whole = parts[0] if len(parts) == 1 else _answer(asked, person, when, book)
    return _message(whole, parts, person, book)


def _answer_duty(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message:
    """Return the answer about what has to be done; what goes with it counts only if it is to be avoided."""
    duty = _answer(replace(asked, activities=(), apart=()), person, when, book)
    beside = [
        _answer(TimingQuestion(activities=(activity,)), person, when, book) for activity in asked.activities
    ]
    return _message(duty, [duty, *(each for each in beside if each.given.verdict in BANS)], person, book)


def answer_either_way(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    """Return the answer if it is the same for every date that the person may mean; otherwise ``None``."""
    questions = (asked, *_things(asked, person, book))
    answers = [_either_way(each, person, when, book) for each in questions]
    known = [answer for answer in answers if answer is not None]
    if len(known) < len(answers):
        return None
    return _message(known[0], known[1:], person, book)


def strictest_reading(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Person | None:
    """Return the person with the date, of those that they may mean, that asks for the most care; None without any."""
    known = [reading for reading in readings(person) if reading.treatment.is_known]
    return min(
        known, key=lambda each: _care(_answer(asked, each, when, book).given, each, when), default=None
    )


def _care(given: VerdictResult, reading: Person, when: Sequence[datetime]) -> tuple[int, float]:
    """Sort key: the strictest first, then the longest wait; if no moment is asked about, the first session to come."""
    at = reading.treated_at
    comes = at is not None and not (reading.is_treated or when)
    strictness, wait = _strictness(given)
    return strictness, at.timestamp() if at is not None and comes else wait


def _things(asked: TimingQuestion, person: Person, book: AftercareGuide) -> list[TimingQuestion]:
    return things(asked, book.aftercare.in_force(person.treated_at), book.aftercare)


def _answer(asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide) -> _Answer:
    possible = _possible(asked, person, when, book)
    given = _most_careful(possible)
    is_open = any(each.verdict != given.verdict for each in possible) and _hour_is_open(person)
    return _Answer(asked, given, is_open)


def _either_way(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> _Answer | None:
    possible = [
        given
        for reading in readings(person)
        if reading.treatment.is_known
        for given in _possible(asked, reading, when, book)
    ]
    if len({(given.verdict, given.verdict == "not_yet" and given.ok_from) for given in possible}) != 1:
        return None
    return _Answer(asked, _most_careful(possible), is_open=False)


def _most_careful(possible: Sequence[VerdictResult]) -> VerdictResult:
    return min(possible, key=_strictness)


def _strictness(given: VerdictResult) -> tuple[int, float]:
    """Sort key: the strictest first."""
    return BY_STRICTNESS.index(given.verdict), _late_first(given)


def _message(whole: _Answer, parts: Sequence[_Answer], person: Person, book: AftercareGuide) -> Message:
    is_open = any(part.is_open for part in parts)
    in_order = sorted(
        parts, key=lambda part: not part.given.prescriber
    )  # no date changes what a doctor decides
    is_only = not whole.asked.is_one_of_several
    said = [
        _said(part, person, book, alone=is_only and (len(parts) == 1 or part is whole)) for part in in_order
    ]
    draft = Draft(
        [*(each.text for each in said), *([book.wording.hour] if is_open else [])],
        [rule for part in parts for rule in _rules(part.given)],
        [" ".join(each.details) for each in said if each.details],
    )
    message = complete(draft, _metadata(whole.asked, whole.given), person, book)
    return message | ({"custom": dict(ASK_DATE_CARD)} if is_open else {})


def _rules(given: VerdictResult) -> list[Rule]:
    return [rule for rule in (given.reason, *given.beside, *given.nearest) if rule is not None]


def _said(part: _Answer, person: Person, book: AftercareGuide, *, alone: bool) -> Sentences:
    said = say_verdict(part.asked, part.given, person, book)
    subject = "" if alone else _subject(part.asked, book)
    if not subject:
        return said
    return Sentences(
        book.wording.about.format(subject=subject[:1].upper() + subject[1:], answer=said.opening),
        said.reasons,
        said.details,
    )


def _subject(asked: TimingQuestion, book: AftercareGuide) -> str:
    """Return the name of the subject in answers."""
    lexicon = book.content.lexicon
    labels = [lexicon["product"][name].label for name in asked.products]
    labels += [] if labels else [lexicon["activity"][name].label for name in asked.activities]
    return ", ".join(dict.fromkeys(labels))


def _possible(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> list[VerdictResult]:
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    moments: list[datetime | None] = [*dict.fromkeys(when)] or [None]
    return [
        verdict(asked, treated_at, person.now, book.aftercare, moment)
        for treated_at, moment in product(dict.fromkeys(between), moments)
    ]


def _late_first(given: VerdictResult) -> float:
    """Sort key: of two equal verdicts, the one with the longer wait comes first."""
    end = given.ok_from or given.ends_at
    return 0.0 if end is None else -end.timestamp()


def _hour_is_open(person: Person) -> bool:
    moment = person.treatment.moment
    return moment is not None and moment.precision != "minute"


def _topic_of(given: VerdictResult) -> str:
    """Return the topic of the deciding rule, or else of the closest one."""
    rules = [rule for rule in (given.reason, *given.nearest) if rule is not None]
    return next((topic for rule in rules for topic in rule.topics), AFTER_NOT_COVERED)


def _is_omission(asked: TimingQuestion, given: VerdictResult) -> bool:
    """Return whether leaving out something that has to be done is asked about: "go out without sunscreen"."""
    return asked.without and given.verdict == "ok" and is_duty(given.reason)


def _metadata(asked: TimingQuestion, given: VerdictResult) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "topic": asked.topic or _topic_of(given),
        "outcome": "not_covered" if given.verdict == "not_covered" else "answered",
        "verdict": "avoid" if _is_omission(asked, given) else given.verdict,
    }
    if given.ok_from is not None:
        metadata["ok_from"] = given.ok_from.isoformat()
    activity = next(iter((*asked.activities, *asked.products)), None)
    return metadata | ({"activity": activity} if activity else {})
