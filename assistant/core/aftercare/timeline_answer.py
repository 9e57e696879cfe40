"""Answer with the personal timeline: the next change, what to avoid and to do now, and what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.grammar import Draft, Message, citations, complete, lowered, say_titles
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, say_moment, say_until
from assistant.core.aftercare.timeline import Group, Step, person_steps
from assistant.core.content.citations import without_citations
from assistant.core.protocol import ANSWERED, PREPARATION, TIMELINE

SOON = timedelta(days=7)
"""Time ahead within which the text says what may come; the details say the rest."""
GROUPS: tuple[Group, ...] = ("avoid", "do", "normal")


def tell_timeline(person: Person, book: AftercareGuide) -> Message:
    """Return what matters now, the next change and the rest; before the treatment, the preparation with its dates.

    Raises:
        ValueError: the treatment is not known.
    """
    lines = person_steps(person, book)
    said = _after(lines, person, book) if person.is_treated else _before(lines, person, book)
    draft = Draft(said[0], [line.rule for line in lines], said[1])
    message = complete(draft, {"topic": TIMELINE, "outcome": ANSWERED}, person, book)
    return {**message, "custom": _card(person, lines)}


def _after(lines: Sequence[Step], person: Person, book: AftercareGuide) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the details for somebody who has been treated."""
    now, coming, over = (
        [line for line in lines if line.state == state] for state in ("now", "upcoming", "past")
    )
    later, far = _split(coming, person)
    heads = book.wording.groups
    text = [
        *say_next(lines, person, book),
        *say_medicines(now, book),
        *say_groups(now, person, book),
        *_section(heads.later, later, person, book),
        book.wording.timeline_after,
    ]
    return text, [*_section(heads.over, over, person, book), *_section(heads.later, far, person, book)]


def _split(coming: Sequence[Step], person: Person) -> tuple[list[Step], list[Step]]:
    """Return what comes soon or must be known, and the rest."""
    is_near = [
        line.rule.strictness == "must"
        or line.starts_at is None
        or in_utc(line.starts_at) < in_utc(person.now) + SOON
        for line in coming
    ]
    return [x for x, near in zip(coming, is_near) if near], [
        x for x, near in zip(coming, is_near) if not near
    ]


def _before(lines: Sequence[Step], person: Person, book: AftercareGuide) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the details for somebody whose session is still to come."""
    own = [line for line in lines if line.rule.direction == "before"]
    rest = [line for line in lines if line.rule.direction == "after"]
    far = [line for line in rest if _is_far(line, person)]
    heads, near = book.wording.groups, [line for line in rest if line not in far]
    text = [*say_preparation(own, person, book), book.wording.timeline_after]
    later = _section(heads.later, far, person, book)
    return text, [heads.after, *say_groups(near, person, book), *later]


def _is_far(line: Step, person: Person) -> bool:
    """Return whether the step begins weeks after the session."""
    start, session = line.starts_at, person.treated_at
    return start is not None and session is not None and in_utc(start) > in_utc(session) + SOON


def say_preparation(lines: Sequence[Step], person: Person, book: AftercareGuide) -> list[str]:
    """Return the paragraphs about the time before a session."""
    return [
        *say_next(lines, person, book),
        book.wording.medicines,
        *say_groups(lines, person, book),
    ]


def say_medicines(lines: Sequence[Step], book: AftercareGuide) -> list[str]:
    """Return the paragraph that nobody stops a prescribed medicine, if a step names one to avoid."""
    is_needed = any(line.group == "avoid" and line.rule.caution for line in lines)
    return [book.wording.medicines] if is_needed else []


def say_next(lines: Sequence[Step], person: Person, book: AftercareGuide) -> list[str]:
    """Return the next change as a paragraph; none if nothing changes any more."""
    change = _next_change(lines)
    if change is None:
        return []
    moment = say_moment(change.at, person, book.wording)
    return [book.wording.next.format(title=lowered(change.title), moment=moment)]


@dataclass(frozen=True)
class _Change:
    at: datetime
    title: str


def _next_change(lines: Sequence[Step]) -> _Change | None:
    """Return the next change: what is fine again or, at another moment, what begins."""
    ends = [
        _Change(line.ends_at, line.over)
        for line in lines
        if line.ends_at and line.state == "now" and line.is_fine_from_end
    ]
    begins = [
        _Change(line.starts_at, line.title) for line in lines if line.starts_at and line.state == "upcoming"
    ]
    return min([*ends, *begins], key=lambda change: in_utc(change.at), default=None)


def say_groups(lines: Sequence[Step], person: Person, book: AftercareGuide) -> list[str]:
    """Return a paragraph for each group of the timeline that has steps."""
    found: list[str] = []
    for group in GROUPS:
        own = [line for line in lines if line.group == group]
        found += _section(getattr(book.wording.groups, group), own, person, book)
    return found


def _section(heading: str, lines: Sequence[Step], person: Person, book: AftercareGuide) -> list[str]:
    """Return the steps under a heading, those of the same time in one line."""
    together: dict[str, list[Step]] = {}
    for line in lines:
        together.setdefault(_when(line, person, book), []).append(line)
    shown = [_line(wording, own, book) for wording, own in together.items()]
    return ["\n".join([heading, *shown])] if shown else []


def say_step(line: Step, person: Person, book: AftercareGuide) -> str:
    """Return a step with its time, such as "Make-up, until Mon 30 Nov, 15:00"."""
    said = _line(_when(line, person, book), [line], book)
    return without_citations(said).removeprefix("- ")


def _line(wording: str, lines: Sequence[Step], book: AftercareGuide) -> str:
    titles = say_titles(_title(line, book) for line in lines)
    cited = citations(line.rule for line in lines)
    return wording.format(title=titles, later=lowered(titles), cited=cited)


def _when(line: Step, person: Person, book: AftercareGuide) -> str:
    """Return the wording of a line with its time filled in."""
    words, start, end = book.wording, line.starts_at, line.ends_at
    if line.state == "past" and end is not None:
        return words.line_since.replace("{moment}", say_moment(end, person, words))
    begins_later = line.state == "upcoming" and start is not None and start != person.treated_at
    if begins_later and start is not None:
        return words.line_from.replace("{moment}", say_moment(start, person, words))
    if end is None and line.group == "avoid" and line.rule.direction == "after":
        return words.line_no_end
    if end is None or line.rule.direction == "before":
        return words.line
    until = words.line_about if line.rule.kind == "expect" else words.line_until
    return until.replace("{until}", say_until(end, person, words))


def _title(line: Step, book: AftercareGuide) -> str:
    """Return the title of a line; under a heading that says to avoid it, what is to be avoided."""
    is_to_avoid = line.group == "avoid" and line.title == line.rule.title
    return book.aftercare.labels.get(line.id, line.title) if is_to_avoid else line.shown


def _card(person: Person, lines: Sequence[Step]) -> dict[str, Any]:
    treated_at, change = person.treated_at, _next_change(lines)
    card: dict[str, Any] = {
        "type": "timeline",
        "treated_at": treated_at and treated_at.isoformat(),
        "timezone": person.zone.key,
        "steps": [line.as_card() for line in lines],
    }
    return card | ({"next": {"at": change.at.isoformat(), "title": change.title}} if change else {})


def plan_preparation(person: Person, book: AftercareGuide) -> Message:
    """Return the part of the timeline before a session that is still to come.

    Raises:
        ValueError: the treatment is not known.
    """
    lines = [line for line in person_steps(person, book) if line.rule.direction == "before"]
    text = [*say_preparation(lines, person, book), book.wording.timeline_after]
    draft = Draft(text, [line.rule for line in lines])
    return complete(draft, {"topic": PREPARATION, "outcome": ANSWERED}, person, book)


def prepare_next_time(topic: str, person: Person, book: AftercareGuide) -> Message | None:
    """Return what holds before the next session, for somebody who has had one; ``None`` for any other topic.

    Raises:
        ValueError: the treatment is not known.
    """
    rules = [rule for rule in book.aftercare.in_force(person.treated_at) if topic in rule.topics]
    is_of_preparing = topic != PREPARATION and {rule.direction for rule in rules} == {"before"}
    if not (is_of_preparing and person.is_treated):
        return None
    said = [text for rule in rules for text in (rule.caution, rule.detail, rule.ask) if text]
    draft = Draft([" ".join([book.wording.next_time, *said])], rules)
    return complete(draft, {"topic": topic, "outcome": ANSWERED}, person, book)
