"""Questions about a treatment date that is ambiguous or impossible."""

from __future__ import annotations

import json
from typing import Any

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.message import Message
from assistant.core.aftercare.person import Person, paragraphs, say_date, say_moment
from assistant.core.aftercare.timing_answer import ASK_DATE_CARD
from assistant.core.protocol import ANSWERED, CLARIFY, TIMELINE
from assistant.core.treatment_date import Ambiguous, Moment, Refused, Treatment, write_treatment

CHOICES = 4

_QUESTIONS = {"past_or_future": "ask_side", "time_of_day": "ask_hour", "which_day": "ask_day"}


def ask_doubt(person: Person, book: AftercareGuide) -> Message:
    """Return the question that resolves the date given last, with the choices as buttons.

    Raises:
        ValueError: the date is not in doubt.
    """
    doubt, known = person.treatment.doubt, person.treatment.moment
    words = book.wording
    if isinstance(doubt, Refused):
        question: str = getattr(words.refused, doubt.reason)
    elif isinstance(doubt, Ambiguous):
        question = getattr(words, _QUESTIONS.get(doubt.reason, "ask_choice"))
    else:
        raise ValueError("nothing is in doubt")
    keeps = words.keeps.format(moment=_said(known, person, book)) if known else None
    message: Message = {
        "text": paragraphs([question, keeps]),
        "custom": dict(ASK_DATE_CARD),
        "metadata": _metadata(CLARIFY),
    }
    choices = doubt.choices[:CHOICES]
    if choices:
        message["buttons"] = [
            {"title": _said(choice, person, book), "payload": date_payload(choice, person)}
            for choice in choices
        ]
    return message


def tell_forgotten(book: AftercareGuide) -> Message:
    """Return the confirmation that the date was forgotten."""
    return {"text": book.wording.forgotten, "metadata": _metadata(ANSWERED)}


def date_payload(moment: Moment, person: Person) -> str:
    """Return the button payload that sets this date, in Rasa's notation."""
    return treatment_payload(Treatment(moment), person.zone.key if person.zone_known else None)


def treatment_payload(treatment: Treatment, zone: str | None) -> str:
    """Return the payload that sets the treatment, in Rasa's notation."""
    return f"/{TIMELINE}{json.dumps({'treatment': write_treatment(treatment, zone)}, sort_keys=True)}"


def _said(moment: Moment, person: Person, book: AftercareGuide) -> str:
    say = say_moment if moment.precision == "minute" else say_date
    return say(moment.at, person, book.wording)


def _metadata(outcome: str) -> dict[str, Any]:
    return {"topic": TIMELINE, "outcome": outcome}
