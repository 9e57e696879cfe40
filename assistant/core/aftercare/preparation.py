"""Answers about preparing for a session: the plan with its dates, and what holds for the next one."""

from __future__ import annotations

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.message import Draft, Message, complete
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.timeline import person_steps
from assistant.core.aftercare.timeline_answer import say_preparation
from assistant.core.protocol import ANSWERED, PREPARATION


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
