"""Combines rules: the strictest wins; no rule never means ``ok``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.rulebook import Rulebook, Side
from assistant.core.aftercare.rules import Rule, Word, turning_points, window, word_at, words
from assistant.core.aftercare.timing_question import (
    Groups,
    TimingQuestion,
    groups,
    is_on,
    narrowed,
    nearest,
    prescribed_rules,
)
from assistant.core.content.articles import Source

BY_STRICTNESS: tuple[Word, ...] = ("avoid", "not_yet", "ask_professional", "not_covered", "ok")
"""Strictest first."""

Said = list[tuple[Rule, Word]]
"""Verdicts of the rules on one subject; empty if none applies."""


_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Interval:
    """Interval in which everything is fine: around an instant, or else the next one; in UTC."""

    start: datetime | None
    end: datetime | None


def said_at(found: Groups, treated_at: datetime, instant: datetime) -> list[Said]:
    """Return the verdicts on each subject at an instant in UTC."""
    every = [[(rule, word_at(rule, treated_at, instant)) for rule in group] for group in found]
    return [[(rule, word) for rule, word in said if word is not None] for said in every]


def said_at_worst(found: Groups) -> list[Said]:
    """Return the strictest verdict that each rule can give, for any treatment date."""
    return [
        [(rule, min(words(rule), key=BY_STRICTNESS.index)) for rule in group if words(rule)]
        for group in found
    ]


def most_careful(said: Iterable[Said]) -> Word:
    """Return the strictest verdict; a subject without one counts as ``not_covered``."""
    possible: list[Word] = []
    for of_subject in said:
        possible += [word for _, word in of_subject] or ["not_covered"]
    return min(possible, key=BY_STRICTNESS.index, default="not_covered")


def fine_around(found: Groups, treated_at: datetime, instant: datetime) -> Interval:
    """Return the interval around the instant in which everything is fine; if it is not fine then, the next one."""
    points = sorted(
        {point for group in found for rule in group for point in turning_points(rule, treated_at)}
    )
    past, coming = _split(points, instant)
    if not _is_fine(found, treated_at, instant):
        start = next((point for point in coming if _is_fine(found, treated_at, point)), None)
        return Interval(start, None)
    start = None
    for point in reversed(past):
        if not _is_fine(found, treated_at, point):
            break
        start = point
    return Interval(start, next((point for point in coming if not _is_fine(found, treated_at, point)), None))


def _split(points: Sequence[datetime], instant: datetime) -> tuple[list[datetime], list[datetime]]:
    return [point for point in points if point <= instant], [point for point in points if point > instant]


def _is_fine(found: Groups, treated_at: datetime, instant: datetime) -> bool:
    return most_careful(said_at(found, treated_at, instant)) == "ok"


@dataclass(frozen=True)
class VerdictResult:
    """Answer to "may I?"; datetimes are in the zone of the treatment."""

    verdict: Word
    reason: Rule | None = None
    """Deciding rule, whose title, detail and ask word the answer; ``None`` if not covered."""
    ok_from: datetime | None = None
    """Start of the time when it is fine: in the past if it is fine already, ``None`` if unknown."""
    ok_until: datetime | None = None
    """End of the time when it is fine, if it is fine now."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """With ``starts_at``, the window of the deciding rule."""
    sources: Sequence[Source] = ()
    disagreement: bool = False
    needs_date: bool = False
    """True if the date of the treatment is missing and could change the verdict."""
    beside: tuple[Rule, ...] = ()
    """Other rules that apply at this time."""
    nearest: tuple[Rule, ...] = ()
    """Closest rules if not covered; those on this side of the treatment come first."""
    prescriber: bool = False
    """True if the decision is left to the doctor who prescribed or recommended it."""


@dataclass(frozen=True)
class _Question:
    asked: TimingQuestion
    found: Groups
    prescribed: list[Rule]
    aftercare: Rulebook


def verdict(
    asked: TimingQuestion,
    treated_at: datetime | None,
    now: datetime,
    aftercare: Rulebook,
    when: datetime | None = None,
) -> VerdictResult:
    """Return whether the subject is fine at ``when``.

    The default is now, or the treatment if it is still to come and the question is about the time after it.
    Without a treatment, the verdict is the strictest one that any date could give.

    Raises:
        ValueError: a datetime is naive.
    """
    in_utc(now)
    rules = aftercare.in_force(treated_at)
    found = groups(asked, rules, aftercare)
    question = _Question(asked, found, prescribed_rules(asked, found, rules), aftercare)
    if treated_at is None:
        return _without_date(question)
    instant = in_utc(when or _default(question, treated_at, now))
    said = said_at(found, treated_at, instant)
    if not any(said) and _is_about_preparing(question) and instant >= in_utc(treated_at):
        return _without_date(question)  # the question is about the next session
    return _dated(question, said, treated_at, instant)


def hour_matters(
    asked: TimingQuestion,
    treated_between: tuple[datetime, datetime],
    now: datetime,
    aftercare: Rulebook,
    when: datetime | None = None,
) -> bool:
    """Return whether the verdict depends on when, between these two datetimes, the treatment was."""
    first, last = (verdict(asked, treated_at, now, aftercare, when) for treated_at in treated_between)
    return first.verdict != last.verdict


def _default(question: _Question, treated_at: datetime, now: datetime) -> datetime:
    side = _side_asked(question)
    if question.asked.side == "before" and _is_duty_before(question):
        return max(now, treated_at - _MOMENT, key=in_utc)
    is_after = side == "after" or (side is None and _directions(question) == {"after"})
    return max(now, treated_at, key=in_utc) if is_after else now


def _is_duty_before(question: _Question) -> bool:
    """Return whether only what has to be done right before the session is asked about: "do i wash my face before"."""
    rules = [rule for group in question.found for rule in group if rule.direction == "before"]
    return bool(rules) and all(rule.kind == "do" for rule in rules)


def _side_asked(question: _Question) -> Side | None:
    asked = question.asked
    return asked.side or question.aftercare.topics.sides.get(asked.topic or "")


def _is_about_preparing(question: _Question) -> bool:
    asked = question.asked
    return not (asked.products or asked.activities or asked.rule) and _directions(question) == {"before"}


def _directions(question: _Question) -> set[str]:
    found = narrowed(question.found, question.asked.topic, _side_asked(question))
    return {rule.direction for group in found for rule in group}


def _without_date(question: _Question) -> VerdictResult:
    found = narrowed(question.found, question.asked.topic, _side_asked(question))
    possible = {word for group in found for rule in group for word in words(rule)}
    decided = _decided(question, said_at_worst(found), _side_asked(question))
    return replace(decided, needs_date=not question.prescribed and len(possible) > 1)


def _dated(question: _Question, said: list[Said], treated_at: datetime, instant: datetime) -> VerdictResult:
    side: Side = "before" if instant < in_utc(treated_at) else "after"
    decided = _decided(question, said, side)
    if decided.reason is None:
        return decided
    own, zone = window(decided.reason, treated_at), treated_at.tzinfo
    decided = replace(
        decided,
        starts_at=own.start and own.start.astimezone(zone),
        ends_at=own.end and own.end.astimezone(zone),
    )
    if question.prescribed:
        return decided
    fine = fine_around(question.found, treated_at, instant)
    return replace(
        decided,
        ok_from=fine.start and fine.start.astimezone(zone),
        ok_until=fine.end and fine.end.astimezone(zone),
    )


def _decided(question: _Question, said: list[Said], side: Side | None) -> VerdictResult:
    """Return the verdict without its dates."""
    aftercare = question.aftercare
    word: Word = "ask_professional" if question.prescribed else most_careful(said)
    speaking = list(dict.fromkeys(rule for of_subject in said for rule, _ in of_subject))
    if word == "not_covered":
        near = _near(question, speaking, side)
        return VerdictResult(word, sources=aftercare.cited(near), nearest=near, beside=tuple(speaking))
    deciding = [rule for of_subject in said for rule, said_word in of_subject if said_word == word]
    reason = _reason(question, deciding)
    beside = [rule for rule in dict.fromkeys([*speaking, *question.prescribed]) if rule != reason]
    cited = [reason] if reason.common_sense else [reason, *beside]  # common sense has no article to cite
    return VerdictResult(
        word,
        reason=reason,
        sources=aftercare.cited(cited),
        disagreement=any(map(aftercare.differs, cited)),
        beside=tuple(beside),
        prescriber=_is_prescribers(question, reason),
    )


def _near(question: _Question, speaking: list[Rule], side: Side | None) -> tuple[Rule, ...]:
    """Return the closest rules, those on this side of the treatment first; before it, only those."""
    silent = [
        rule
        for group in question.found
        for rule in group
        if rule not in speaking and (side != "before" or is_on(side, rule))
    ]
    near = dict.fromkeys([*silent, *nearest(question.asked, question.aftercare.rules, side)])
    return tuple(sorted(near, key=lambda rule: not is_on(side, rule)))


def _decides_on_medicine(rule: Rule, question: _Question) -> bool:
    """Return whether a rule says whom to ask about the named medicine, so that its text goes with "don't stop it"."""
    names_it = not set(rule.products).isdisjoint(question.asked.products)
    return names_it and rule.kind == "ask" and rule.strictness == "must" and not rule.prescribed


def _is_prescribers(question: _Question, reason: Rule) -> bool:
    """Return whether it is left to a prescriber; what anybody can buy only if it is theirs, or to be stopped."""
    is_theirs = question.asked.prescribed or question.asked.stops
    return bool(question.prescribed) and (is_theirs or not reason.pharmacist)


def _reason(question: _Question, deciding: list[Rule]) -> Rule:
    """Return the rule whose text goes with the verdict."""
    if question.asked.prescribed:
        return next(
            (rule for rule in deciding if _decides_on_medicine(rule, question)), question.prescribed[0]
        )
    own = [rule for rule in deciding if not rule.prescribed]
    return (own or question.prescribed or deciding)[0]
