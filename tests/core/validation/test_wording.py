"""Checks of the texts of answers."""

from __future__ import annotations

import pytest

from tests.core.content_entries import TEXT
from tests.core.content_tree import ContentTree

PAIN = "data/en/responses/procedure.yml: utter_pain"


def say(tree: ContentTree, text: str) -> list[str]:
    """Return the issues if the answer about pain has this text."""
    tree.answers("procedure", "utter_pain")[0]["text"] = f"{text} [not-that-painful, more-intense-later]"
    return tree.issues()


@pytest.mark.parametrize("length", [20, 90])
def test_an_answer_has_20_to_90_words(tree: ContentTree, length: int) -> None:
    assert say(tree, "word " * length) == []


def test_an_answer_of_19_words_is_too_short(tree: ContentTree) -> None:
    assert say(tree, "word " * 19) == [f"{PAIN}: too short (got 19 words / expected 20 to 90)"]


def test_an_answer_of_91_words_is_too_long(tree: ContentTree) -> None:
    assert say(tree, "word " * 91) == [f"{PAIN}: too long (got 91 words / expected 20 to 90)"]


def test_the_sentence_that_fills_a_placeholder_counts(tree: ContentTree) -> None:
    # {clinic_contact} is "Call your professional.", three words
    assert say(tree, "word " * 87 + "{clinic_contact}") == []
    assert say(tree, "word " * 88 + "{clinic_contact}") == [
        f"{PAIN}: too long (got 91 words / expected 20 to 90)"
    ]


def test_a_long_name_of_the_clinic_makes_no_answer_too_long(tree: ContentTree) -> None:
    tree.files["clinic/settings.yml"]["clinic"]["name"] = "A name of very many words for one clinic"
    assert say(tree, "word " * 87 + "{clinic_contact}") == []


def test_bullets_and_dashes_are_no_words(tree: ContentTree) -> None:
    assert say(tree, "- word\n" * 89 + "- word") == []


def test_an_unknown_placeholder_is_an_issue(tree: ContentTree) -> None:
    assert say(tree, f"{TEXT} {{clinic_nam}}") == [
        f"{PAIN}: unknown placeholder (got clinic_nam / expected clinic_name?)"
    ]


def test_a_stray_brace_is_an_issue(tree: ContentTree) -> None:
    assert say(tree, f"{TEXT} {{clinic name}}") == [
        f"{PAIN}: a brace that belongs to no placeholder (got {{clinic)"
    ]


def test_an_unknown_placeholder_in_the_contact_sentence_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/wording.yml"]["wording"]["contact"]["phone"] = "Ring {fone}."
    assert tree.issues() == [
        "data/en/wording.yml: contact, phone: unknown placeholder (got fone / expected phone?)"
    ]


def test_an_urgent_answer_without_a_referral_is_an_issue(tree: ContentTree) -> None:
    tree.answers("dialogue", "utter_symptom_report")[2]["text"] = TEXT
    assert tree.issues() == [
        "data/en/responses/dialogue.yml: utter_symptom_report, variation 3 (alarm urgent): urgent, without a "
        "referral (expected {clinic_help} or {emergency_number})"
    ]


def test_urgent_words_in_an_ordinary_answer_need_a_referral_too(tree: ContentTree) -> None:
    assert say(tree, f"{TEXT} If it gets worse, do not wait.") == [
        f"{PAIN}: urgent, without a referral (expected {{clinic_help}} or {{emergency_number}})"
    ]
    assert say(tree, f"{TEXT} If it gets worse, do not wait. {{clinic_help}}") == []


def test_an_urgent_answer_that_may_offer_to_book_online_is_an_issue(tree: ContentTree) -> None:
    tree.answers("dialogue", "utter_symptom_report")[2]["text"] = f"{TEXT} {{clinic_help}} {{clinic_contact}}"
    assert tree.issues() == [
        "data/en/responses/dialogue.yml: utter_symptom_report, variation 3 (alarm urgent): urgent, and may offer to "
        "book online (got {clinic_contact} / expected {clinic_help})"
    ]


def test_an_emergency_names_its_number(tree: ContentTree) -> None:
    tree.answers("dialogue", "utter_symptom_report")[1]["text"] = f"{TEXT} {{clinic_help}}"
    assert tree.issues() == [
        "data/en/responses/dialogue.yml: utter_symptom_report, variation 2 (alarm emergency): an emergency, "
        "without its number (expected {emergency_number})"
    ]


def test_an_emergency_number_that_would_be_no_link_is_an_issue(tree: ContentTree) -> None:
    tree.answers("dialogue", "utter_symptom_report")[1]["text"] = f"{TEXT} Dial {{emergency_number}}."
    assert tree.issues() == [
        "data/en/responses/dialogue.yml: utter_symptom_report, variation 2 (alarm emergency): {emergency_number} "
        "becomes no link that calls it (got Dial / expected call or on before it)"
    ]
