"""Questions about a treatment date that is ambiguous or impossible, and dates picked in a form rather than typed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.person import Person, paragraphs, person_of, say_date, say_moment
from assistant.core.aftercare.timing_answer import ASK_DATE_CARD
from assistant.core.protocol import ANSWERED, CLARIFY, TIMELINE
from assistant.core.treatment_date import (
    Ambiguous,
    Moment,
    Refused,
    Treatment,
    update_treatment,
    write_treatment,
    zone_of,
)

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


TREATED_AT = "treated_at"
"""The only key of a form's payload: local date and time, such as 2026-11-29T15:00."""
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class Picked:
    """A form's input, as a payload for Rasa and as a sentence for people."""

    payload: str
    sentence: str


def moment_in(payload: str) -> str | None:
    """Return the date and time in a form's payload; ``None`` for any other payload.

    A form sends ``/timeline{"treated_at": "2026-11-29T15:00"}``.
    """
    start = f"/{TIMELINE}"
    given = _json(payload.removeprefix(start)) if payload.startswith(start) else None
    if not isinstance(given, dict) or set(given) != {TREATED_AT}:
        return None
    moment = given[TREATED_AT]
    return moment if _is_moment(moment) else None


def picked(local: str, zone_name: str | None, now: datetime, wording: AftercareWording) -> Picked:
    """Return the input for a local date and time, read as if typed: 2026-11-29T15:00, with or without an offset.

    Args:
        zone_name: IANA name; UTC if ``None``.
        now: current time, in any zone.
    """
    zone, is_known = zone_of(zone_name)
    treatment = update_treatment(local, now.astimezone(zone), Treatment(), "either") or Treatment()
    return Picked(
        treatment_payload(treatment, zone.key if is_known else None),
        _sentence(datetime.fromisoformat(local), zone_name, now, wording),
    )


def _sentence(local: datetime, zone_name: str | None, now: datetime, wording: AftercareWording) -> str:
    person = person_of(None, zone_name, now)
    at = local.astimezone(person.zone) if local.tzinfo else local.replace(tzinfo=person.zone)
    date = say_date(at, person, wording)
    moment = (
        wording.with_hour.format(date=date, hour=f"{at:%H:%M}") if (at.hour, at.minute) != (0, 0) else date
    )
    return (wording.picked_past if at <= person.now else wording.picked_future).format(moment=moment)


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
