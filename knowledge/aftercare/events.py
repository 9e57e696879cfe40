"""A session and an event after it: what can still be seen then, and which session would be early enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from knowledge.aftercare.aftercare import Aftercare
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.rules import Rule
from knowledge.aftercare.steps import Step, step
from knowledge.aftercare.windows import window
from knowledge.articles import Source

LONGEST = 60
"""Days before an event from which a session is looked for: more than any window of what can be seen."""


@dataclass(frozen=True)
class EventVerdict:
    """The answer to "is that too late for the wedding?"; moments are in the zone of the session."""

    verdict: Literal["ok", "not_yet"]
    """``ok`` where nothing that can be seen or felt is expected when the event begins."""
    ok_from: datetime | None
    """If it is too early: from when on nothing is expected, at least for some days."""
    all_over: datetime
    """From when on nothing is expected any more."""
    latest_session: date | None
    """The last day on which a session, at any hour, is all over at the event; ``None`` if there is none."""
    still: Sequence[Step]
    """What is expected or to be avoided when the event begins, among what has an end."""
    sources: Sequence[Source]


def at_event(session_at: datetime, event_at: datetime, aftercare: Aftercare) -> EventVerdict:
    """What is left of the session when the event begins. A date without an hour: give the beginning of that day.

    Raises:
        ValueError: a moment has no time zone.
    """
    instant, zone = in_utc(event_at), session_at.tzinfo
    visible = _visible(session_at, aftercare)
    ends = _ends(visible, session_at)
    free = next((end for end in sorted(ends) if end > instant and not _shown(visible, session_at, end)), None)
    too_early = _shown(visible, session_at, instant)
    return EventVerdict(
        "not_yet" if too_early else "ok",
        free.astimezone(zone) if too_early and free else None,
        max(ends).astimezone(zone),
        _latest_session(session_at, event_at, aftercare),
        _still(session_at, event_at, aftercare),
        aftercare.cited(visible),
    )


def _still(session_at: datetime, event_at: datetime, aftercare: Aftercare) -> list[Step]:
    forbidden = [
        rule for rule in aftercare.in_force(session_at) if rule.kind == "avoid" and rule.end is not None
    ]
    passing = [rule for rule in forbidden if rule.direction == "after"] + _visible(session_at, aftercare)
    lines = [step(rule, window(rule, session_at), session_at, event_at, aftercare) for rule in passing]
    return [line for line in lines if line.state == "now"]


def _shown(visible: Sequence[Rule], session_at: datetime, instant: datetime) -> bool:
    return any(window(rule, session_at).state(instant) == "now" for rule in visible)


def _visible(session_at: datetime, aftercare: Aftercare) -> list[Rule]:
    """The rules about what can be seen or felt."""
    return [rule for rule in aftercare.in_force(session_at) if rule.kind == "expect" and rule.symptoms]


def _ends(rules: Sequence[Rule], session_at: datetime) -> list[datetime]:
    ends = [window(rule, session_at).end for rule in rules]
    return [end for end in ends if end is not None] or [in_utc(session_at)]


def _latest_session(session_at: datetime, event_at: datetime, aftercare: Aftercare) -> date | None:
    event_day = event_at.astimezone(session_at.tzinfo).date()
    for days in range(LONGEST):
        day = event_day - timedelta(days=days)
        latest = datetime.combine(day, time(23, 59, 59), tzinfo=session_at.tzinfo)
        if max(_ends(_visible(latest, aftercare), latest)) <= in_utc(event_at):
            return day
    return None
