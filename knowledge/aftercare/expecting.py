"""The answer to "is this normal?" for one person: what they notice, held against the day. Alarms never come here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.aftercare.answering import Message
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person, paragraphs, readings, say_moment, say_treatment
from knowledge.aftercare.symptoms import Expectation, expected

_WORST_FIRST = ("not_expected_any_more", "unknown", "expected")


def answer_expectation(symptoms: Sequence[str], topic: str, person: Person, book: Handbook) -> Message:
    """Whether the symptoms are expected by now; of several, the least expected decides.

    Raises:
        ValueError: the treatment is not known.
    """
    found = _found(symptoms, person, book)
    return _message(topic, found, say_treatment(person, book.wording), person, book)


def expect_either_way(symptoms: Sequence[str], topic: str, person: Person, book: Handbook) -> Message | None:
    """The answer that is the same for every date that the person may mean; ``None`` where it is not the same."""
    known = [reading for reading in readings(person) if reading.treatment.is_known]
    found = [_found(symptoms, reading, book) for reading in known]
    if len({tuple(each.verdict for each in one) for one in found}) != 1:
        return None
    return _message(topic, found[0], book.wording.either_way, known[0], book)


def _found(symptoms: Sequence[str], person: Person, book: Handbook) -> list[Expectation]:
    return [_expected(symptom, person, book) for symptom in symptoms] or [Expectation("unknown", person.day)]


def _message(
    topic: str, found: Sequence[Expectation], opening: str, person: Person, book: Handbook
) -> Message:
    given = min(found, key=_worst_first)
    reasons = [*dict.fromkeys(each.reason.detail for each in found if each.reason), *_nearest(found, book)]
    contact = book.content.placeholders["clinic_help"]
    text = paragraphs(
        [opening],
        [_headline(given, found, person, book), *reasons],
        [book.wording.worse.format(clinic_help=contact)],
    )
    return {"text": text, "metadata": _metadata(topic, given, found)}


def _worst_first(each: Expectation) -> tuple[int, bool]:
    """Of two that are unknown, the one that no rule names comes first: nothing may call it expected."""
    return _WORST_FIRST.index(each.verdict), each.reason is not None


def _headline(given: Expectation, found: Sequence[Expectation], person: Person, book: Handbook) -> str:
    is_in_part = given.reason is None and any(each.reason for each in found)
    return book.wording.expected_in_part if is_in_part and person.is_treated else _line(given, person, book)


def _nearest(found: Sequence[Expectation], book: Handbook) -> list[str]:
    reasons = [each.reason for each in found]
    near = dict.fromkeys(rule for each in found for rule in each.nearest if rule not in reasons)
    return [book.wording.nearest_named.format(detail=rule.detail) for rule in near]


def _expected(symptom: str, person: Person, book: Handbook) -> Expectation:
    """Counted from the first moment that is possible, so that nothing is called normal for too long."""
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    return expected(symptom, between[0], person.now, book.aftercare)


def _line(given: Expectation, person: Person, book: Handbook) -> str:
    words = book.wording
    if not person.is_treated:
        return words.expected_before
    if given.verdict == "expected":
        if given.ends_at is None:
            return words.expected
        return words.expected_until.format(moment=say_moment(given.ends_at, person, words))
    if given.verdict == "not_expected_any_more" and given.ends_at is not None:
        return words.not_expected_any_more.format(moment=say_moment(given.ends_at, person, words))
    if given.starts_at is not None and given.starts_at > person.now:
        return words.expected_later.format(moment=say_moment(given.starts_at, person, words))
    return words.expected_unknown


def _metadata(topic: str, given: Expectation, found: Sequence[Expectation]) -> dict[str, Any]:
    sources = [dict(source) for each in found for source in each.sources]
    metadata: dict[str, Any] = {
        "topic": topic,
        "outcome": "answered" if given.reason is not None else "not_covered",
        "sources": [source for n, source in enumerate(sources) if source not in sources[:n]],
    }
    return metadata | ({"disagreement": True} if any(each.disagreement for each in found) else {})
