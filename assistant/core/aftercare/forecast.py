"""Answers to what will be: how long reactions of the skin and the results of a session last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.grammar import Draft, Message, citations, complete, say_titles
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.person import Person, say_date, say_moment, say_until
from assistant.core.aftercare.rules import Rule, Window, window
from assistant.core.aftercare.timeline import Step, person_steps
from assistant.core.protocol import ANSWERED, RESULTS_DURATION


def forecast(symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide) -> Message | None:
    """Return when the symptoms, or else all those of the topic, are expected; ``None`` if no rule applies.

    Raises:
        ValueError: the treatment is not known.
    """
    expected = {rule.id for rule in _expected(symptoms, topic, person, book)}
    lines = [line for line in person_steps(person, book) if line.id in expected]
    ends = [line.ends_at for line in lines if line.ends_at is not None]
    if not ends:
        return None
    over = max(ends, key=in_utc)
    dated, details = "\n".join(_dated(lines, person, book)), [line.rule.detail for line in lines]
    is_named = bool(symptoms) and not _is_over(over, person)
    said = [_headline(over, lines, person, book), dated, *(details if is_named else [])]
    advice = _asks(lines) if is_named else [_advice(over, person, book)]
    draft = Draft([*filter(None, said), *advice], [line.rule for line in lines], [] if is_named else details)
    return complete(draft, {"topic": topic, "outcome": ANSWERED}, person, book)


def _asks(lines: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(line.rule.ask for line in lines if line.rule.ask))


def _expected(symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide) -> list[Rule]:
    rules = [rule for rule in book.aftercare.in_force(person.treated_at) if rule.kind == "expect"]
    if symptoms:
        return [rule for rule in rules if not set(symptoms).isdisjoint(rule.symptoms)]
    return [rule for rule in rules if rule.symptoms and topic in rule.topics]


def _is_over(over: datetime, person: Person) -> bool:
    return in_utc(over) <= in_utc(person.now)


def _headline(over: datetime, lines: Sequence[Step], person: Person, book: AftercareGuide) -> str:
    words = book.wording
    wording = words.not_expected_any_more if _is_over(over, person) else words.forecast
    return wording.format(until=say_until(over, person, words), cited=citations(line.rule for line in lines))


def _advice(over: datetime, person: Person, book: AftercareGuide) -> str:
    if not _is_over(over, person):
        return book.wording.skin_differs if person.is_treated else book.wording.event_differs
    return book.wording.worse.format(clinic_help=book.content.placeholders["clinic_help"])


def _dated(lines: Sequence[Step], person: Person, book: AftercareGuide) -> Iterator[str]:
    """Yield a line for each window that is not over."""
    together: dict[tuple[datetime, datetime], list[Step]] = {}
    for line in lines:
        if line.starts_at is not None and line.ends_at is not None and line.state != "past":
            together.setdefault((line.starts_at, line.ends_at), []).append(line)
    for (start, end), own in together.items():
        yield book.wording.forecast_line.format(
            title=say_titles(line.title for line in own),
            start=say_moment(start, person, book.wording),
            until=say_until(end, person, book.wording),
            cited=citations(line.rule for line in own),
        )


def answer_results(person: Person, when: Sequence[datetime], book: AftercareGuide) -> Message | None:
    """Return when the results fade, and if they last until ``when``; ``None`` if the date or the rule is not known."""
    rule, between = _of_results(person, book), person.treated_between
    if rule is None or between is None:
        return None
    fading, words = window(rule, between[0]), book.wording
    if fading.start is None or fading.end is None:
        return None
    dates = {"start": say_date(fading.start, person, words), "end": say_date(fading.end, person, words)}
    session = say_date(between[0], person, words)
    said = [_lasting(when or (person.now,), fading, words, is_now=not when).format(**dates), rule.detail]
    dated = words.results_dated.format(session=session, **dates) if when else ""
    draft = Draft([" ".join(filter(None, (*said, dated)))], [rule])
    return complete(draft, {"topic": RESULTS_DURATION, "outcome": ANSWERED}, person, book)


def _of_results(person: Person, book: AftercareGuide) -> Rule | None:
    rules = book.aftercare.in_force(person.treated_at)
    return next((rule for rule in rules if rule.kind == "expect" and RESULTS_DURATION in rule.topics), None)


def _lasting(when: Sequence[datetime], fading: Window, words: AftercareWording, *, is_now: bool) -> str:
    """Return the sentence for the last of the moments, which may be the present one."""
    state = fading.state(in_utc(max(when, key=in_utc)))
    if is_now:
        return {"upcoming": words.results_until, "now": words.results_fading, "past": words.results_faded}[
            state
        ]
    if state == "upcoming":
        return words.results_by_then
    return words.results_perhaps if state == "now" else words.results_not_so_long
