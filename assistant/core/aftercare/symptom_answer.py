"""Answers to whether a symptom is expected on that day. Alarms are detected elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.grammar import Draft, Message, citation, complete
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, readings, say_moment, say_until
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rules import Rule, State, day_after, window
from assistant.core.content.articles import Source
from assistant.core.protocol import ANSWERED, NOT_COVERED

Normal = Literal["expected", "not_expected_any_more", "unknown"]
_BY_STATE: dict[State, Normal] = {"now": "expected", "upcoming": "unknown", "past": "not_expected_any_more"}
_LIKELIEST: tuple[State, ...] = ("now", "upcoming", "past")


@dataclass(frozen=True)
class Expectation:
    """Answer to "is this normal?"; datetimes are in the zone of the treatment."""

    verdict: Normal
    """``unknown`` also if the articles expect it only later or give no days, and before any treatment."""
    day: int | None = None
    """Day after the treatment, 0 on the day itself."""
    reason: Rule | None = None
    nearest: Sequence[Rule] = ()
    """Closest rules for a symptom that no rule names."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """With ``starts_at``, the window of the rule."""
    may_end_at: datetime | None = None
    """End of the window of the last possible session, if it is over for the first one only."""
    sources: Sequence[Source] = ()
    disagreement: bool = False


def expected(symptom: str, treated_at: datetime | None, now: datetime, aftercare: Rulebook) -> Expectation:
    """Return whether the symptom, an id of data/en/lexicon/symptom.yml, is expected at ``now``.

    Raises:
        ValueError: a datetime is naive.
    """
    in_utc(now)
    rules = [
        rule for rule in aftercare.in_force(treated_at) if symptom in rule.symptoms and rule.kind == "expect"
    ]
    day = None if treated_at is None else day_after(treated_at, now)
    if not rules:
        near = _nearest(symptom, treated_at, aftercare)
        return Expectation("unknown", day, nearest=near, sources=aftercare.cited(near))
    if treated_at is None:
        return Expectation("unknown", day, rules[0], sources=aftercare.cited(rules))
    states = {rule: _state(rule, treated_at, now, aftercare) for rule in rules}
    reason = min(rules, key=lambda rule: _LIKELIEST.index(states[rule]))
    own, zone = window(reason, treated_at), treated_at.tzinfo
    return Expectation(
        "unknown" if own.end is None else _BY_STATE[states[reason]],
        day,
        reason,
        starts_at=own.start and own.start.astimezone(zone),
        ends_at=own.end and own.end.astimezone(zone),
        sources=aftercare.cited(rules),
        disagreement=any(map(aftercare.differs, rules)),
    )


def _nearest(symptom: str, treated_at: datetime | None, aftercare: Rulebook) -> list[Rule]:
    return [rule for rule in aftercare.in_force(treated_at) if symptom in rule.nearest_to.symptoms]


def _state(rule: Rule, treated_at: datetime, now: datetime, aftercare: Rulebook) -> State:
    """Return the state of the rule's window; for a clinic's rule and the article's it replaces, the stricter one."""
    pairs = [{rule_id, article.id} for rule_id, article in aftercare.overridden.items()]
    pair = next((pair for pair in pairs if rule.id in pair), {rule.id})
    both = [
        window(other, treated_at).state(in_utc(now))
        for other in aftercare.in_force(treated_at)
        if other.id in pair
    ]
    return max(both, key=_LIKELIEST.index)


_WORST_FIRST = ("not_expected_any_more", "unknown", "expected")


def answer_symptom(symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide) -> Message:
    """Return whether the symptoms are expected now; of several, the least expected decides.

    Raises:
        ValueError: the treatment is not known.
    """
    return _message(topic, _found(symptoms, person, book), person, person, book)


def answer_symptom_either_way(
    symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide
) -> Message | None:
    """Return the answer if it is the same for every date that the person may mean; otherwise ``None``."""
    known = [reading for reading in readings(person) if reading.treatment.is_known]
    found = [_found(symptoms, reading, book) for reading in known]
    if len({tuple(each.verdict for each in one) for one in found}) != 1:
        return None
    return _message(topic, found[0], known[0], person, book)


def _found(symptoms: Sequence[str], person: Person, book: AftercareGuide) -> list[Expectation]:
    return [_expected(symptom, person, book) for symptom in symptoms] or [Expectation("unknown", person.day)]


def _message(
    topic: str, found: Sequence[Expectation], reading: Person, person: Person, book: AftercareGuide
) -> Message:
    """Return the answer by a ``reading`` of the date that the ``person`` gave."""
    given = min(found, key=_worst_first)
    reasons = list(dict.fromkeys(each.reason for each in found if each.reason))
    near = list(dict.fromkeys(rule for each in found for rule in each.nearest if rule not in reasons))
    closest = [book.wording.nearest_named.format(detail=rule.detail) for rule in near]
    said, more = _split(reasons, given, reading)
    text = " ".join([_headline(given, found, reading, book), *said, *closest])
    worse = book.wording.worse.format(clinic_help=book.content.placeholders["clinic_help"])
    return complete(Draft([text, worse], [*reasons, *near], more), _metadata(topic, given), person, book)


def _split(reasons: Sequence[Rule], given: Expectation, person: Person) -> tuple[list[str], list[str]]:
    """Return what belongs to the text and to the details: that something is expected, only while it is."""
    details = [rule.detail for rule in reasons]
    is_over = _is_over(given) or not person.is_treated
    return ([], details) if is_over else (details, [])


def _is_over(given: Expectation) -> bool:
    return given.verdict == "not_expected_any_more" and given.may_end_at is None


def _worst_first(each: Expectation) -> tuple[int, bool]:
    """Sort key: of two unknown symptoms, the one that no rule names comes first, as nothing may call it expected."""
    return _WORST_FIRST.index(each.verdict), each.reason is not None


def _headline(given: Expectation, found: Sequence[Expectation], person: Person, book: AftercareGuide) -> str:
    is_in_part = given.reason is None and any(each.reason for each in found)
    return book.wording.expected_in_part if is_in_part and person.is_treated else _line(given, person, book)


def _expected(symptom: str, person: Person, book: AftercareGuide) -> Expectation:
    """Return the expectation by the first possible date, so that nothing is called normal for too long.

    If the hour of the session decides, it says until when.
    """
    between = person.treated_between
    if between is None:
        raise ValueError("the treatment is not known: ask for it first")
    first, last = (expected(symptom, each, person.now, book.aftercare) for each in between)
    if first.verdict != "not_expected_any_more":
        return first
    is_open = last.verdict == "expected"
    return replace(first, may_end_at=last.ends_at) if is_open else replace(first, ends_at=last.ends_at)


def _line(given: Expectation, person: Person, book: AftercareGuide) -> str:
    words = book.wording
    if not person.is_treated:
        return words.expected_before
    if given.ends_at is None:
        return words.expected_undated if given.reason is not None else words.expected_unknown
    until = say_until(given.ends_at, person, words)
    if given.verdict == "expected":
        return words.expected_until.format(until=until)
    cited = citation(given.reason) if given.reason else ""
    if given.may_end_at is not None:
        until = say_until(given.may_end_at, person, words)
        return f"{words.expected_by_hour.format(until=until, cited=cited)} {words.hour}"
    if given.verdict == "not_expected_any_more" or given.starts_at is None:
        return words.not_expected_any_more.format(until=until, cited=cited)
    return words.expected_later.format(moment=say_moment(given.starts_at, person, words))


def _metadata(topic: str, given: Expectation) -> dict[str, Any]:
    return {"topic": topic, "outcome": ANSWERED if given.reason is not None else NOT_COVERED}
