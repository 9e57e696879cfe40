"""The clinic's settings and what they put into answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.clinic import Clinic, Wording, load_clinic, load_wording, placeholders
from knowledge.faults import ContentError
from tests.knowledge.content_tree import ContentTree, wording

PHONE, LINK = "+34 600 000 000", "https://clinic.example/book"
WORDING = Wording.parse_obj(
    {
        **wording(),
        "contact": {
            "phone_and_booking": "Call {name} on {phone}, or book: {booking_link}",
            "phone": "Call {name} on {phone}.",
            "booking": "Book with {name}: {booking_link}",
            "neither": "Contact {name}.",
        },
        "clinic_name": "your professional",
        "emergency_number": "112 or 911",
    }
)


def settings(tmp_path: Path, text: str) -> Path:
    """A settings file that holds this."""
    path = tmp_path / "settings.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_clinic_left_empty_is_worded_neutrally() -> None:
    assert placeholders(Clinic(), WORDING) == {
        "clinic_name": "your professional",
        "clinic_contact": "Contact your professional.",
        "emergency_number": "112 or 911",
    }


@pytest.mark.parametrize(
    ("clinic", "sentence"),
    [
        (Clinic(name="Ana Ruiz"), "Contact Ana Ruiz."),
        (Clinic(phone=PHONE), f"Call your professional on {PHONE}."),
        (Clinic(booking_link=LINK), f"Book with your professional: {LINK}"),
        (
            Clinic(name="Ana Ruiz", phone=PHONE, booking_link=LINK),
            f"Call Ana Ruiz on {PHONE}, or book: {LINK}",
        ),
    ],
)
def test_the_contact_sentence_says_what_is_known(clinic: Clinic, sentence: str) -> None:
    assert placeholders(clinic, WORDING)["clinic_contact"] == sentence


def test_a_clinic_can_name_its_own_emergency_number() -> None:
    assert placeholders(Clinic(emergency_number="112"), WORDING)["emergency_number"] == "112"


def test_braces_in_a_clinics_name_are_only_braces() -> None:
    assert placeholders(Clinic(name="{phone}"), WORDING)["clinic_contact"] == "Contact {phone}."


def test_settings_are_read(tmp_path: Path) -> None:
    path = settings(tmp_path, f"clinic:\n  name: Ana Ruiz\n  booking_link: {LINK}\n")
    assert load_clinic(path) == Clinic(name="Ana Ruiz", booking_link=LINK)


@pytest.mark.parametrize("text", ["", "clinic:", "clinic: {}", "# nothing is set"])
def test_empty_settings_are_fine(tmp_path: Path, text: str) -> None:
    assert load_clinic(settings(tmp_path, text)) == Clinic()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "clinic.example", "ftp://clinic.example"])
def test_a_booking_link_that_is_no_web_address_is_refused(tmp_path: Path, link: str) -> None:
    with pytest.raises(ContentError, match="is not a link that starts with https://"):
        load_clinic(settings(tmp_path, f"clinic:\n  booking_link: '{link}'\n"))


@pytest.mark.parametrize("text", ["clinic:\n  nmae: Ana", "clinic: Ana", "- clinic"])
def test_settings_that_nobody_understands_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match="clinic is not as expected"):
        load_clinic(settings(tmp_path, text))


def test_wording_that_lacks_a_sentence_is_refused(tree: ContentTree) -> None:
    del tree.files["data/wording.yml"]["wording"]["contact"]["neither"]
    tree.write()
    with pytest.raises(ContentError, match=r"wording is not as expected.*neither field required"):
        load_wording(tree.root / "data")
