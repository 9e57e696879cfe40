"""Answer to "how do I prepare?" before a session: what to do and avoid until then, with dates."""

from __future__ import annotations

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person, paragraphs, say_treatment
from assistant.core.aftercare.timeline import metadata_of, person_steps, say_section
from assistant.core.aftercare.timing_answer import Message
from assistant.core.aftercare.timing_question import PREPARATION


def plan_preparation(person: Person, book: AftercareGuide) -> Message:
    """Return the part of the timeline before a session that is still to come.

    Raises:
        ValueError: the treatment is not known.
    """
    before = {rule.id for rule in book.aftercare.in_force(person.treated_at) if rule.direction == "before"}
    lines = [line for line in person_steps(person, book) if line.id in before]
    text = paragraphs(
        [say_treatment(person, book.wording)],
        [book.wording.prepare_medicines],
        *([say_section(state, lines, person, book)] for state in ("now", "upcoming")),
        [book.wording.timeline_after],
    )
    return {"text": text, "metadata": metadata_of(PREPARATION, lines, book)}
