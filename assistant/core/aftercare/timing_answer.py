"""Answer to "may I?" for one person: the verdict in words, with dates and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any, TypeGuard

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, readings, say_moment, say_treatment
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, BANS
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timing_question import TimingQuestion, things
from assistant.core.aftercare.verdicts import BY_STRICTNESS, VerdictResult, verdict

Message = dict[str, Any]
"""Message of the protocol: ``text`` and ``metadata``, optionally ``custom`` and ``buttons``."""
ASK_DATE = {"type": "ask_date"}
"""Card that makes a channel show a date-and-time input."""
NEAREST = 1  # closest rules shown if no rule covers the subject


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
    parts = [_answer(each, person, when, book) for each in _things(asked, person, book)]
    whole = parts[0] if len(parts) == 1 else _answer(asked, person, when, book)
    return _message(whole, parts, say_treatment(person, book.wording), person, book)


def answer_either_way(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    """Return the answer if it is the same for every date that the person may mean; otherwise ``None``."""
    questions = (asked, *_things(asked, person, book))
    answers = [_either_way(each, person, when, book) for each in questions]
    known = [answer for answer in answers if answer is not None]
    if len(known) < len(answers):
        return None
    return _message(known[0], known[1:], book.wording.either_way, person, book)


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
    if len({given.verdict for given in possible}) != 1:
        return None
    return _Answer(asked, _most_careful(possible), is_open=False)


def _most_careful(possible: Sequence[VerdictResult]) -> VerdictResult:
    return min(possible, key=lambda each: (BY_STRICTNESS.index(each.verdict), _late_first(each)))


def _message(
    whole: _Answer, parts: Sequence[_Answer], opening: str, person: Person, book: AftercareGuide
) -> Message:
    is_open = any(part.is_open for part in parts)
    text = paragraphs(
        *_in_order(parts, opening, person, book),
        [book.wording.hour if is_open else None],
    )
    message: Message = {"text": text, "metadata": _metadata(whole.asked, whole.given, parts)}
    return message | ({"custom": dict(ASK_DATE)} if is_open else {})


def _in_order(
    parts: Sequence[_Answer], opening: str, person: Person, book: AftercareGuide
) -> list[list[str | None]]:
    """Return the paragraphs; a doctor's medicine precedes the opening, because no date changes who decides."""
    alone = len(parts) == 1
    doctors = [_said(part, person, book, alone=alone) for part in parts if part.given.prescriber]
    others = [_said(part, person, book, alone=alone) for part in parts if not part.given.prescriber]
    return [[said] for said in (*doctors, *((opening, *others) if others else ()))]


def _said(part: _Answer, person: Person, book: AftercareGuide, *, alone: bool) -> str:
    answer = paragraphs([_verdict_line(part.asked, part.given, person, book), *_reasons(part.given, book)])
    if alone:
        return answer
    subject = _subject(part.asked, book)
    return book.wording.about.format(subject=subject[:1].upper() + subject[1:], answer=answer)


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
    return 0.0 if given.ok_from is None else -given.ok_from.timestamp()


def _hour_is_open(person: Person) -> bool:
    moment = person.treatment.moment
    return moment is not None and moment.precision != "minute"


def _verdict_line(asked: TimingQuestion, given: VerdictResult, person: Person, book: AftercareGuide) -> str:
    if given.prescriber:
        return book.wording.verdict.ask_prescriber
    if asked.stops and given.verdict in {*BANS, "ok"} and given.reason and given.reason.kind != "next":
        return _stop_line(given, person, book)
    if asked.must and given.verdict == "ok" and _is_wanted(given.reason):
        words = book.wording.verdict
        return words.ok_may if given.reason.strictness == "may" else words.ok_must
    return _allowing_line(given, person, book)


def _is_wanted(reason: Rule | None) -> TypeGuard[Rule]:
    """Return whether the articles recommend it, rather than only allow it again."""
    return reason is not None and reason.kind == "do"


def _stop_line(given: VerdictResult, person: Person, book: AftercareGuide) -> str:
    """Return the answer to "should I stop?", for which "avoid it" is unsuitable."""
    words, reason = book.wording.stop, given.reason
    if given.verdict == "ok":
        return words.go_on if _is_wanted(reason) and reason.strictness != "may" else words.needless
    is_medicine = reason is not None and not book.aftercare.medicines.isdisjoint(reason.products)
    until = given.ok_from or given.ends_at
    if given.verdict == "avoid" or until is None:
        return words.leave_medicine if is_medicine else words.leave
    line = words.leave_medicine_until if is_medicine else words.leave_until
    return line.format(moment=say_moment(until, person, book.wording))


def _allowing_line(given: VerdictResult, person: Person, book: AftercareGuide) -> str:
    words = book.wording.verdict
    until = given.ok_from or given.ends_at
    if given.verdict == "not_yet" and until is not None:
        said = words.not_yet_then_ask if given.ok_from is None else words.not_yet_until
        return said.format(moment=say_moment(until, person, book.wording))
    if given.verdict == "ok" and given.ok_until is not None:
        return words.ok_until.format(moment=say_moment(given.ok_until, person, book.wording))
    since = given.ok_from if given.reason is not None and given.reason.inside != "ok" else None
    if given.verdict == "ok" and since is not None:
        said = words.ok_since if since <= person.now else words.ok_from
        return said.format(moment=say_moment(since, person, book.wording))
    line: str = getattr(words, given.verdict)
    return line


def _reasons(given: VerdictResult, book: AftercareGuide) -> list[str | None]:
    if given.reason is None:
        near = given.nearest[:NEAREST]
        return [book.wording.nearest.format(title=rule.title, detail=rule.detail) for rule in near]
    return [*_said_by(given.reason, given.beside, book), given.reason.ask]


def _said_by(reason: Rule, beside: Sequence[Rule], book: AftercareGuide) -> list[str]:
    """Return the rule's text; for a clinic's rule and the stricter article's that it replaces, both."""
    name = reason.id.removesuffix(ARTICLE_SUFFIX)
    both = {rule.id: rule for rule in (reason, *beside)}
    clinics, articles = both.get(name, reason), both.get(f"{name}{ARTICLE_SUFFIX}")
    if clinics.section is None:
        return [reason.detail]
    said = [book.wording.clinics_own.format(detail=clinics.detail)]
    return said + ([book.wording.articles_say.format(detail=articles.detail)] if articles else [])


def _topic_of(given: VerdictResult) -> str:
    """Return the topic of the deciding rule, or else of the closest one."""
    rules = [rule for rule in (given.reason, *given.nearest) if rule is not None]
    return next((topic for rule in rules for topic in rule.topics), "after_not_covered")


def _metadata(asked: TimingQuestion, given: VerdictResult, parts: Sequence[_Answer]) -> dict[str, Any]:
    sources = [dict(source) for each in (given, *(part.given for part in parts)) for source in each.sources]
    metadata: dict[str, Any] = {
        "topic": asked.topic or _topic_of(given),
        "outcome": "not_covered" if given.verdict == "not_covered" else "answered",
        "verdict": given.verdict,
        "sources": [source for n, source in enumerate(sources) if source not in sources[:n]],
    }
    if given.ok_from is not None:
        metadata["ok_from"] = given.ok_from.isoformat()
    if any(part.given.disagreement for part in parts):
        metadata["disagreement"] = True
    activity = next(iter((*asked.activities, *asked.products)), None)
    return metadata | ({"activity": activity} if activity else {})
