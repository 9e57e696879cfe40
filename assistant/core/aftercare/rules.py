"""Aftercare rules, as written in ``data/aftercare.yml`` and a clinic's own file, and their windows for a treatment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import root_validator, validator

from assistant.core.aftercare.durations import Duration, in_utc, shifted, shifted_date, start_of
from assistant.core.content.citations import cited_facts
from assistant.core.content.yaml_files import Record

Word = Literal["not_yet", "ok", "avoid", "ask_professional", "not_covered"]
"""The verdicts of the protocol."""
Kind = Literal["avoid", "do", "expect", "ask", "next"]

TEXTS = ("title", "subject", "over", "later", "caution", "detail", "ask", "once_over")
"""Fields of a rule that people read."""
BY_KIND: dict[str, Word | None] = {
    "avoid": "not_yet",
    "do": "ok",
    "expect": None,
    "ask": "ask_professional",
    "next": "ok",
}


class Nearest(Record):
    """Subjects that no article mentions and to which a rule is the closest."""

    products: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()


class Rule(Record):
    """One thing to avoid, do, expect or ask, and when."""

    id: str
    topics: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    nearest_to: Nearest = Nearest()
    title: str
    subject: str | None = None
    """Name of what is to be avoided, for "make-up: fine again"; by default the label of its product or activity."""
    caution: str | None = None
    """Sentence before the rest: that a doctor decides about a medicine or a cream."""
    detail: str
    """The reason in one or two sentences, with citations."""
    ask: str | None = None
    """The exception: what is left open, where sources differ, and whom to ask."""
    once_over: str | None = None
    """Sentence beside the "yes" on what stays open once the window is over."""
    kind: Kind
    direction: Literal["before", "after", "any"]
    start: Duration | None = None
    end: Duration | None = None
    whole_days: bool = False
    verdict: Literal["not_yet", "avoid", "ask_professional"] | None = None
    otherwise: Literal["ok", "ask_professional"] | None = None
    asks_beyond: Duration | None = None
    prescribed: bool = False
    pharmacist: bool = False
    """True if anybody can buy it: a pharmacist can say, unless a doctor recommended it."""
    strictness: Literal["must", "should", "may"]
    over: str | None = None
    """Title of its step once the window is over; by default that the subject is fine again."""
    later: str | None = None
    """Title of its step in the timeline after the window, if it is not fine then either."""
    shown_until: Duration | None = None
    """How long after the treatment its line in the timeline is shown, if not for as long as it counts."""
    in_timeline: bool = True
    """True if the timeline shows it without being asked."""
    common_sense: bool = False
    """True if no article supports it, which its text states."""
    section: str | None = None
    """Heading in the clinic's own instructions; only a clinic's rule has one."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that its texts cite, in order."""
        return cited_facts(self.caution, self.detail, self.ask, self.once_over)

    @property
    def inside(self) -> Word | None:
        """Verdict on "may I?" inside the window; ``None`` for what is only expected."""
        if self.verdict is None and self.kind == "avoid" and (self.direction == "before" or self.end is None):
            return "avoid"
        return self.verdict or BY_KIND[self.kind]

    @validator("verdict")
    def _is_stricter_than_the_kind(cls, value: str | None, values: dict[str, Any]) -> str | None:
        if value is not None and values.get("kind") in {"do", "expect", "next"}:
            raise ValueError(f"goes with avoid and ask only (got kind {values['kind']})")
        return value

    @root_validator(skip_on_failure=True)
    def _window_is_right(cls, values: dict[str, Any]) -> dict[str, Any]:
        problems = [*_window_problems(values), *_outside_problems(values)]
        if problems:
            raise ValueError("; ".join(problems))
        return values


def _window_problems(values: dict[str, Any]) -> list[str]:
    direction, start, end = values["direction"], values["start"], values["end"]
    if direction == "any":
        return [f"{name}: a rule for any time has no window" for name in ("start", "end") if values[name]]
    known = "end" if direction == "before" else "start"
    if values[known] is None:
        return [f"{known}: is missing (expected a duration {direction} the treatment)"]
    if start is None or end is None:
        return []
    first, last = (end, start) if direction == "before" else (start, end)
    return ["end: comes before the start"] if first.approximate > last.approximate else []


def _outside_problems(values: dict[str, Any]) -> list[str]:
    """Return issues with verdicts outside the window: each must be explicit, so that none is ok by accident."""
    far = {"before": "start", "after": "end"}.get(values["direction"])
    bounded = far is not None and values[far] is not None
    problems = []
    if bounded and values["kind"] in {"avoid", "ask", "next"} and values["otherwise"] is None:
        problems.append("otherwise: is missing (expected ok or ask_professional)")
    if not bounded and values["otherwise"] is not None:
        problems.append(_nothing_outside(far))
    if bounded and values["asks_beyond"] is not None:
        problems.append("asks_beyond: is for windows that no article ends")
    if values["kind"] == "next" and values["direction"] != "after":
        problems.append("kind: a next session comes after (expected direction after)")
    return problems


def _nothing_outside(far: str | None) -> str:
    if far is None:
        return "otherwise: a rule for any time has nothing outside it (expected no otherwise)"
    return f"{far}: is missing, so otherwise never counts (expected {far} with a duration such as P2D, or no otherwise)"


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


def is_shown(rule: Rule, treated_at: datetime, instant: datetime) -> bool:
    """Return whether the timeline shows the rule at an instant in UTC."""
    return rule.shown_until is None or instant < shifted(treated_at, rule.shown_until, 1)


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
