"""Forecast of a session's effects with their dates: "how long will I be red?"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, say_moment, say_treatment
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timeline import Step, metadata_of, person_steps
from assistant.core.aftercare.timing_answer import Message


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
    text = paragraphs(
        [say_treatment(person, book.wording)],
        [_headline(over, person, book)],
        ["\n".join(_dated(lines, person, book))],
        _details(lines) if symptoms else [_advice(over, person, book)],
    )
    return {"text": text, "metadata": metadata_of(topic, lines, book)}


def _expected(symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide) -> list[Rule]:
    rules = [rule for rule in book.aftercare.in_force(person.treated_at) if rule.kind == "expect"]
    if symptoms:
        return [rule for rule in rules if not set(symptoms).isdisjoint(rule.symptoms)]
    return [rule for rule in rules if rule.symptoms and topic in rule.topics]


def _is_over(over: datetime, person: Person) -> bool:
    return in_utc(over) <= in_utc(person.now)


def _headline(over: datetime, person: Person, book: AftercareGuide) -> str:
    words = book.wording
    wording = words.not_expected_any_more if _is_over(over, person) else words.forecast
    return wording.format(moment=say_moment(over, person, words))


def _advice(over: datetime, person: Person, book: AftercareGuide) -> str:
    if not _is_over(over, person):
        return book.wording.event_differs
    return book.wording.worse.format(clinic_help=book.content.placeholders["clinic_help"])


def _dated(lines: Sequence[Step], person: Person, book: AftercareGuide) -> Iterable[str]:
    """Yield a line for each window that is not over."""
    together: dict[tuple[datetime, datetime], list[str]] = {}
    for line in lines:
        if line.starts_at is not None and line.ends_at is not None and line.state != "past":
            together.setdefault((line.starts_at, line.ends_at), []).append(line.title)
    for (start, end), titles in together.items():
        moments = [say_moment(moment, person, book.wording) for moment in (start, end)]
        yield book.wording.forecast_line.format(start=moments[0], end=moments[1], titles="; ".join(titles))


def _details(lines: Sequence[Step]) -> list[str | None]:
    said = [part for line in lines for part in (line.detail, line.ask)]
    return list(dict.fromkeys(said))
