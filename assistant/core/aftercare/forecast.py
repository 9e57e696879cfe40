"""Forecast of a session's effects with their dates: "how long will I be red?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.grammar import citations, say_titles
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.message import Draft, Message, complete
from assistant.core.aftercare.person import Person, say_moment, say_until
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timeline import Step, person_steps
from assistant.core.protocol import ANSWERED


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
        return book.wording.event_differs
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
