"""Settings of the clinic, and the wording that they are filled into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import validator

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.phones import Phones, numbers_in
from assistant.core.content.yaml_files import Record, line_of, read_record, read_yaml, record_of


class Clinic(Record):
    """A clinic's own settings; an empty string means "not set"."""

    name: str = ""
    phone: str = ""
    booking_link: str = ""
    emergency_number: str = ""

    @validator("*", pre=True)
    def _may_be_left_empty(cls, value: Any) -> Any:
        return "" if value is None else value

    @validator("phone", "emergency_number")
    def _can_be_called(cls, value: str) -> str:
        if value and not numbers_in(value):
            raise ValueError(f'holds no number that can be called (got {value} / expected such as "112")')
        return value

    @validator("booking_link")
    def _is_a_link(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError(f"is not a link that starts with https:// (got {value})")
        return value


class Contact(Record):
    """Sentences on how to reach the clinic, by the settings that are known."""

    phone_and_booking: str
    phone: str
    booking: str
    neither: str


class FollowUpWording(Record):
    """Wording of answers about the previous answer (assistant.core.dialogue.follow_up_answers)."""

    articles: tuple[str, ...]
    """By number of articles, from one."""
    clinic: str
    clinic_and: str
    again: str
    last_answer: str
    earlier_answer: str
    source: str
    source_also: str
    source_differs: str
    source_not_covered: str
    no_source: str
    more: str
    more_again: str
    no_more: str
    why: str
    no_reason: str
    no_reason_personal: str
    sure: str
    sure_also: str
    sure_clinic: str
    sure_differ: str
    sure_positions: str
    sure_not_covered: str
    sure_no_source: str
    sure_safety: str
    sure_urgent: str


class ClinicWording(Record):
    """Wording around what the clinic itself says."""

    says: str
    lists: str
    stricter: str
    section: str
    """Section of its answers that name none."""


class ClarificationWording(Record):
    """Wording for questions that were not understood (assistant.core.dialogue.clarification)."""

    none_of_these: str
    closest: str
    still_unclear: str
    still_unclear_closest: str


class MakePersonal(Record):
    """Button that asks for the treatment date, and the topics whose general answers show it."""

    title: str
    topics: tuple[str, ...]


class Wording(Record):
    """Content of ``data/en/wording.yml``."""

    notice: str
    clinic_name: str
    emergency_number: str
    before_numbers: tuple[str, ...]
    contact: Contact
    after_alarm: str
    unavailable: str
    unavailable_check: str
    make_personal: MakePersonal
    something_else: str
    replies: FollowUpWording
    clarification: ClarificationWording
    clinic: ClinicWording


def load_clinic(path: Path) -> Clinic:
    """Load the clinic's settings.

    Raises:
        ContentError: with every issue of the file.
    """
    content = read_yaml(path)
    if content is None:
        raise ContentError(
            [Issue(str(path), "is empty", expected="clinic: and below it its keys, or clinic: {}")]
        )
    if not isinstance(content, dict) or "clinic" not in content:
        expected = "clinic: on a line of its own, and its keys below it after two spaces"
        raise ContentError([Issue(str(path), "has no clinic:", expected=expected)])
    stray = [_stray_key(path, str(key)) for key in content if key != "clinic"]
    if stray:
        raise ContentError(stray)
    return record_of(path, content, "clinic", Clinic)


def _stray_key(path: Path, key: str) -> Issue:
    line = line_of(path, (key,))
    if key in Clinic.__fields__:
        expected = f"two spaces before it: '  {key}: …'"
        return Issue(
            str(path), f"{key}: does not stand below clinic:, so nobody reads it", None, expected, line
        )
    return Issue(str(path), "unknown key", key, "clinic: alone, and its keys below it after two spaces", line)


def load_wording(data: Path) -> Wording:
    """Load the wording.

    Raises:
        ContentError: with every issue of the file.
    """
    return read_record(data / LANGUAGE / "wording.yml", "wording", Wording)


def placeholders(clinic: Clinic, wording: Wording) -> dict[str, str]:
    """Return the values of the placeholders in responses.

    These are ``clinic_name``, ``emergency_number`` and two sentences: ``clinic_contact``, every way to reach the
    clinic, and ``clinic_help``, the same without the booking link, for people who need help soon.
    """
    name = clinic.name or wording.clinic_name
    contact = wording.contact
    by_phone = contact.phone if clinic.phone else contact.neither
    if clinic.phone and clinic.booking_link:
        sentence = contact.phone_and_booking
    else:
        sentence = contact.booking if clinic.booking_link else by_phone
    values = {"name": name, "phone": clinic.phone, "booking_link": clinic.booking_link}
    return {
        "clinic_name": name,
        "clinic_contact": sentence.format(**values),
        "clinic_help": by_phone.format(**values),
        "emergency_number": clinic.emergency_number or wording.emergency_number,
    }


def phones(clinic: Clinic, wording: Wording) -> Phones:
    """Return the phone numbers that answers may name."""
    emergency = clinic.emergency_number or wording.emergency_number
    return Phones(emergency, clinic.phone, wording.before_numbers)
