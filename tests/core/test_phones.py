"""The numbers that people can call: found where an answer tells them to call, and nowhere else."""

from __future__ import annotations

import pytest

from assistant.core.content.phones import Phone, Phones, numbers_in, with_phones

BEFORE = ("call", "now:", "on")


def called(text: str, emergency: str = "000", clinic: str = "020 7946 0123") -> list[str]:
    """The numbers that the text tells people to call, as a telephone dials them."""
    return [phone.number for phone in Phones(emergency, clinic, BEFORE).named_in(text)]


@pytest.mark.parametrize(
    ("setting", "numbers"),
    [
        ("112", ["112"]),
        ("000", ["000"]),
        ("15", ["15"]),
        ("061/112", ["061", "112"]),
        ("112 (Europe), 999 (UK) or 911 (USA and Canada)", ["112", "999", "911"]),
        ("116 117", ["116117"]),
        ("600 12 34 56", ["600123456"]),
        ("020 7946 0123 (24/7)", ["02079460123"]),
        ("600123456, Mo-Fr 9:00-18:00 h", ["600123456"]),
        ("+44 (0)20 7946 0123", ["+442079460123"]),
        ("(020) 7946-0123", ["02079460123"]),
        ("+1 (555) 010-0199", ["+15550100199"]),
        ("12:30", []),
        ("ask us", []),
    ],
)
def test_the_numbers_of_a_setting_are_found_as_a_telephone_dials_them(
    setting: str, numbers: list[str]
) -> None:
    assert [Phone(text, "clinic").number for text in numbers_in(setting)] == numbers


@pytest.mark.parametrize("number", ["000", "111", "061", "110", "112", "15"])
def test_an_emergency_number_is_called_whichever_the_clinic_set(number: str) -> None:
    assert called(f"**Call the emergency number now: {number}.** Do not wait.", number) == [number]
    assert called(f"In an emergency, call {number}.", number) == [number]


def test_every_number_of_a_setting_with_several_is_called() -> None:
    several = "112 (Europe), 999 (UK) or 911 (USA and Canada)"
    assert called(f"Worse? Call {several}.", several) == ["112", "999", "911"]


@pytest.mark.parametrize("phone", ["600 12 34 56", "020 7946 0123", "+34 600 000 000"])
def test_the_clinics_phone_is_called_wherever_it_stands(phone: str) -> None:
    for text in (f"Call Ana on {phone}, or book.", f"Questions? {phone}"):
        assert called(text, clinic=phone) == ["".join(phone.split())]


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        ("Use SPF 15 for 24 hours.", "15"),
        ("Treated Sun 15 November, 15:00, so this is day 15.", "15"),
        ("A session may cost 110 euros, or 110.", "110"),
        ("Call us before 15:00.", "15"),
        ("1120 or 0112 or +112", "112"),
        ("No number at all.", "112"),
    ],
)
def test_a_number_that_only_counts_something_is_not_called(text: str, emergency: str) -> None:
    assert called(text, emergency) == []


def test_a_number_that_also_counts_something_in_the_same_text_is_left_alone() -> None:
    """Channels link every place where it stands."""
    assert called("SPF 15. In an emergency, call 15.", "15") == []


def test_a_message_says_in_its_metadata_what_can_be_called() -> None:
    phones = Phones("000", "020 7946 0123", BEFORE)
    message = with_phones({"text": "Call 000.", "metadata": {"topic": "pain"}}, phones)
    assert message["metadata"] == {
        "topic": "pain",
        "phones": [{"text": "000", "number": "000", "kind": "emergency"}],
    }
    assert with_phones({"text": "No."}, phones) == {"text": "No."}
