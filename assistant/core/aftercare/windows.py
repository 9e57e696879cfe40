"""Windows of rules for one treatment, and their verdicts at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from assistant.core.aftercare.durations import Duration, in_utc, shifted, shifted_date, start_of
from assistant.core.aftercare.rules import Rule, Word

State = Literal["past", "now", "upcoming"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Half-open interval in UTC: ``end`` is exclusive, ``None`` means unbounded."""

    start: datetime | None
    end: datetime | None

    def state(self, instant: datetime) -> State:
        """Return the state of the window at an instant in UTC."""
        if self.start is not None and instant < self.start:
            return "upcoming"
        return "past" if self.end is not None and instant >= self.end else "now"


def day_after(treated_at: datetime, moment: datetime) -> int:
    """Return the day after the treatment by the person's calendar: 0 on the day itself, negative before it."""
    return (in_utc(moment).astimezone(treated_at.tzinfo).date() - day_of(treated_at)).days


def day_of(treated_at: datetime) -> date:
    """Return the person's calendar day, also if a clock change skipped the hour."""
    return in_utc(treated_at).astimezone(treated_at.tzinfo).date()


def window(rule: Rule, treated_at: datetime) -> Window:
    """Return the window of the rule for this treatment."""
    if rule.direction == "any":
        return Window(None, None)
    start = None if rule.start is None else _edge(rule, treated_at, rule.start)
    end = None if rule.end is None else _edge(rule, treated_at, rule.end, last=True)
    return Window(start, end)


def _edge(rule: Rule, treated_at: datetime, duration: Duration, *, last: bool = False) -> datetime:
    sign = -1 if rule.direction == "before" else 1
    if rule.whole_days and not duration.by_clock:
        day = shifted_date(day_of(treated_at), duration, sign)
        return start_of(day + ONE_DAY if last else day, treated_at.tzinfo)
    return shifted(treated_at, duration, sign)


def word_at(rule: Rule, treated_at: datetime, instant: datetime) -> Word | None:
    """Return the verdict on "may I?" at an instant in UTC; ``None`` if the rule has none then."""
    if rule.direction == "any":
        return rule.inside
    state = window(rule, treated_at).state(instant)
    if state == "now":
        return "ask_professional" if _is_beyond(rule, treated_at, instant) else rule.inside
    if state == ("upcoming" if rule.direction == "before" else "past"):
        return rule.otherwise
    waits = rule.kind == "next" and state == "upcoming" and instant >= in_utc(treated_at)
    return "not_yet" if waits else None


def _is_beyond(rule: Rule, treated_at: datetime, instant: datetime) -> bool:
    limit = _limit(rule, treated_at)
    if limit is None:
        return False
    return instant < limit if rule.direction == "before" else instant >= limit


def _limit(rule: Rule, treated_at: datetime) -> datetime | None:
    sign = -1 if rule.direction == "before" else 1
    return None if rule.asks_beyond is None else shifted(treated_at, rule.asks_beyond, sign)


def turning_points(rule: Rule, treated_at: datetime) -> set[datetime]:
    """Return the instants, in UTC, at which the verdict of the rule may change."""
    if rule.direction == "any":
        return set()
    own = window(rule, treated_at)
    points = {own.start, own.end, _limit(rule, treated_at), in_utc(treated_at)}
    return {point for point in points if point is not None}


def words(rule: Rule) -> set[Word]:
    """Return all verdicts on "may I?" that the rule can give, for any treatment date."""
    possible: set[Word | None] = {rule.inside, rule.otherwise}
    if rule.asks_beyond is not None:
        possible.add("ask_professional")
    if rule.kind == "next":
        possible.add("not_yet")
    return {word for word in possible if word is not None}
