"""The clinic's settings and what they put into answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.clinic import Clinic, Wording, load_clinic, load_wording, placeholders
from assistant.core.content.issues import ContentError
from tests.core.content_entries import wording
from tests.core.content_tree import ContentTree

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
        "clinic_help": "Contact your professional.",
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


@pytest.mark.parametrize(
    ("clinic", "sentence"),
    [
        (Clinic(name="Ana Ruiz", booking_link=LINK), "Contact Ana Ruiz."),
        (Clinic(name="Ana Ruiz", phone=PHONE, booking_link=LINK), f"Call Ana Ruiz on {PHONE}."),
    ],
)
def test_who_needs_help_is_not_sent_to_book_online(clinic: Clinic, sentence: str) -> None:
    assert placeholders(clinic, WORDING)["clinic_help"] == sentence


@pytest.mark.parametrize("phone", ["", PHONE])
def test_a_sentence_with_a_link_ends_with_a_stop_that_does_not_cling_to_it(phone: str) -> None:
    wording = load_wording(Path(__file__).parents[2] / "data")
    sentence = placeholders(Clinic(phone=phone, booking_link=LINK), wording)["clinic_contact"]
    assert f"{LINK} " in sentence
    assert sentence.endswith(".")


def test_a_clinic_can_name_its_own_emergency_number() -> None:
    assert placeholders(Clinic(emergency_number="112"), WORDING)["emergency_number"] == "112"


def test_braces_in_a_clinics_name_are_only_braces() -> None:
    assert placeholders(Clinic(name="{phone}"), WORDING)["clinic_contact"] == "Contact {phone}."


def test_settings_are_read(tmp_path: Path) -> None:
    path = settings(tmp_path, f"clinic:\n  name: Ana Ruiz\n  booking_link: {LINK}\n")
    assert load_clinic(path) == Clinic(name="Ana Ruiz", booking_link=LINK)


@pytest.mark.parametrize("text", ["clinic:", "clinic: {}", "clinic:\n  name:\n  phone: ~\n"])
def test_settings_that_are_left_empty_are_fine(tmp_path: Path, text: str) -> None:
    assert load_clinic(settings(tmp_path, text)) == Clinic()


@pytest.mark.parametrize("text", ["", "\n", "# nothing is set"])
def test_a_file_without_anything_is_refused(tmp_path: Path, text: str) -> None:
    """It is what a full disk or a slip leaves behind, and would take the clinic's phone out of every answer."""
    with pytest.raises(
        ContentError, match=r"is empty \(expected clinic: and below it its keys, or clinic: {}\)"
    ):
        load_clinic(settings(tmp_path, text))


@pytest.mark.parametrize(
    "number", ["000", "061", "111", "112", "0034600123456", "+34600123456", "01712345670"]
)
def test_a_number_is_what_stands_there_without_quotes_too(tmp_path: Path, number: str) -> None:
    path = settings(tmp_path, f"clinic:\n  name: Yes\n  phone: {number}\n  emergency_number: {number}\n")
    assert load_clinic(path) == Clinic(name="Yes", phone=number, emergency_number=number)


@pytest.mark.parametrize("number", ["12:30", "ask us", "5"])
def test_what_nobody_can_call_is_no_number(tmp_path: Path, number: str) -> None:
    with pytest.raises(ContentError, match="holds no number that can be called"):
        load_clinic(settings(tmp_path, f"clinic:\n  emergency_number: {number}\n"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "clinic.example", "ftp://clinic.example"])
def test_a_booking_link_that_is_no_web_address_is_refused(tmp_path: Path, link: str) -> None:
    with pytest.raises(ContentError, match="is not a link that starts with https://"):
        load_clinic(settings(tmp_path, f"clinic:\n  booking_link: '{link}'\n"))


KEYS = "name, phone, booking_link, emergency_number"


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        (
            "clinic:\n  nmae: Ana",
            f"settings.yml, line 2: clinic, nmae: unknown key (expected name? The keys are {KEYS})",
        ),
        (
            "clinic:\n  opening_hours: 9-18",
            f"settings.yml, line 2: clinic, opening_hours: unknown key (expected {KEYS})",
        ),
        ("clinic: Ana", "settings.yml, line 1: clinic: has no keys of its own (expected key: value)"),
        (
            "clinic:\n  name: [Ana]",
            'settings.yml, line 2: clinic, name: is not a text (expected such as "a text")',
        ),
        (
            "clinic:\nname: Ana\n",
            "settings.yml, line 2: name: does not stand below clinic:, so nobody reads it "
            "(expected two spaces before it: '  name: …')",
        ),
        (
            "clinic: {}\nhours: 9-18\n",
            "settings.yml, line 2: unknown key "
            "(got hours / expected clinic: alone, and its keys below it after two spaces)",
        ),
        (
            "- clinic",
            "settings.yml: has no clinic: "
            "(expected clinic: on a line of its own, and its keys below it after two spaces)",
        ),
    ],
)
def test_settings_that_nobody_understands_are_refused(tmp_path: Path, text: str, issue: str) -> None:
    with pytest.raises(ContentError) as error:
        load_clinic(settings(tmp_path, text))
    assert str(error.value).replace(f"{tmp_path}/", "") == issue


def test_wording_that_lacks_a_sentence_is_refused(tree: ContentTree) -> None:
    del tree.files["data/en/wording.yml"]["wording"]["contact"]["neither"]
    tree.write()
    with pytest.raises(ContentError, match=r"wording, contact.neither: is missing"):
        load_wording(tree.root / "data")
