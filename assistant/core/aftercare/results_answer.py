"""Answer to how long the results of one session last: the dates, and whether that is long enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.message import Draft, Message, complete
from assistant.core.aftercare.person import Person, say_date
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.windows import Window, window
from assistant.core.protocol import ANSWERED, RESULTS_DURATION


def answer_results(person: Person, when: Sequence[datetime], book: AftercareGuide) -> Message | None:
    """Return when the results fade, and if they last until ``when``; ``None`` if the date or the rule is not known."""
    rule, between = _rule(person, book), person.treated_between
    if rule is None or between is None:
        return None
    fading, words = window(rule, between[0]), book.wording
    if fading.start is None or fading.end is None:
        return None
    dates = {"start": say_date(fading.start, person, words), "end": say_date(fading.end, person, words)}
    session = say_date(between[0], person, words)
    said = [_headline(when, fading, words).format(**dates), rule.detail]
    dated = words.results_dated.format(session=session, **dates) if when else ""
    draft = Draft([" ".join(filter(None, (*said, dated)))], [rule])
    return complete(draft, {"topic": RESULTS_DURATION, "outcome": ANSWERED}, person, book)


def _rule(person: Person, book: AftercareGuide) -> Rule | None:
    rules = book.aftercare.in_force(person.treated_at)
    return next((rule for rule in rules if rule.kind == "expect" and RESULTS_DURATION in rule.topics), None)


def _headline(when: Sequence[datetime], fading: Window, words: AftercareWording) -> str:
    if not when:
        return words.results_until
    last = in_utc(max(when, key=in_utc))
    state = fading.state(last)
    if state == "upcoming":
        return words.results_by_then
    return words.results_perhaps if state == "now" else words.results_not_so_long
