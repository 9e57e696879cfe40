"""The clinic whose assistant this is, and the pieces of wording that its settings fill."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError, validator

from knowledge.faults import ContentError, Fault
from knowledge.yaml_files import Record, read_yaml

_Kind = TypeVar("_Kind", bound=Record)


class Clinic(Record):
    """A clinic's own settings; an empty string is "not given"."""

    name: str = ""
    phone: str = ""
    booking_link: str = ""
    emergency_number: str = ""

    @validator("booking_link")
    def _is_a_link(cls, value: str) -> str:  # noqa: N805  pydantic hands over the class
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("is not a link that starts with https://")
        return value


class Contact(Record):
    """The sentence that says how to reach the clinic, by what is known."""

    phone_and_booking: str
    phone: str
    booking: str
    neither: str


class Replies(Record):
    """What is said about the answer before (knowledge.replying)."""

    articles: tuple[str, ...]
    """By their number, from one on."""
    clinic: str
    clinic_and: str
    again: str
    last_answer: str
    earlier_answer: str
    source: str
    source_not_covered: str
    no_source: str
    more: str
    more_again: str
    no_more: str
    why: str
    no_reason: str
    sure: str
    sure_clinic: str
    sure_differ: str
    sure_not_covered: str
    sure_no_source: str
    sure_urgent: str


class AskingBack(Record):
    """What is said where a question was not understood (knowledge.asking_back)."""

    none_of_these: str
    closest: str
    still_unclear: str
    still_unclear_closest: str


class MakePersonal(Record):
    """The button that asks for the date, and the topics whose general answers have it."""

    title: str
    topics: tuple[str, ...]


class Wording(Record):
    """``data/wording.yml``."""

    notice: str
    clinic_name: str
    emergency_number: str
    contact: Contact
    beside_alarm: str
    unavailable: str
    unavailable_check: str
    make_personal: MakePersonal
    something_else: str
    replies: Replies
    asking_back: AskingBack


def load_clinic(path: Path) -> Clinic:
    """The clinic's settings."""
    return _load(path, "clinic", Clinic)


def load_wording(data: Path) -> Wording:
    """The pieces of wording."""
    return _load(data / "wording.yml", "wording", Wording)


def placeholders(clinic: Clinic, wording: Wording) -> dict[str, str]:
    """What responses may put between braces: ``clinic_name``, ``clinic_contact``, ``emergency_number``."""
    name = clinic.name or wording.clinic_name
    contact = wording.contact
    if clinic.phone and clinic.booking_link:
        sentence = contact.phone_and_booking
    elif clinic.phone:
        sentence = contact.phone
    else:
        sentence = contact.booking if clinic.booking_link else contact.neither
    return {
        "clinic_name": name,
        "clinic_contact": sentence.format(name=name, phone=clinic.phone, booking_link=clinic.booking_link),
        "emergency_number": clinic.emergency_number or wording.emergency_number,
    }


def _load(path: Path, key: str, kind: type[_Kind]) -> _Kind:
    content = read_yaml(path)
    try:
        return kind.parse_obj((content or {}).get(key) or {})
    except (ValidationError, AttributeError) as error:
        problem = " ".join(str(error).split())
        raise ContentError([Fault(str(path), f"{key} is not as expected: {problem}")]) from error
