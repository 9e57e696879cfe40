"""Tests of alarm patterns whose meaning depends on the time since the treatment."""

from __future__ import annotations

import pytest

from assistant.nlu.text.alarm_patterns import Signs
from tests.nlu.test_alarm_rules import signs


def alarms(found: Signs) -> list[str]:
    """The names of the signs."""
    return [sign.id for sign in found.found]


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("im in a lot of pain", "strong_pain"),
        ("it hurts so much", "strong_pain"),
        ("the soreness keeps growing", "strong_pain"),
        ("i think its infected", "infection"),
        ("37.8", "temperature"),
        ("100.8f", "temperature"),
        ("my cheek smells", "smell"),
        ("raw patches", "raw_patch"),
        ("light-headed", "unwell"),
        ("throwing up", "unwell"),
        ("puffy eyes", "puffy_eyes"),
    ],
)
def test_after_a_treatment_the_words_are_enough(text: str, alarm: str) -> None:
    assert alarm in [sign.id for sign in signs(text).in_phase("treated").found if sign.certain]


@pytest.mark.parametrize(
    "text",
    [
        "is it agony",
        "how do i stop it getting infected",
        "will my face be puffy",
        "i heard the pain is terrible",
    ],
)
def test_a_question_in_general_is_never_certain(text: str) -> None:
    assert not signs(text).in_phase("treated").certain


@pytest.mark.parametrize("text", ["i feel dizzy", "theres a smell", "37.9"])
def test_some_words_are_a_sign_only_after_a_treatment(text: str) -> None:
    assert alarms(signs(text).in_phase("treated"))
    assert not alarms(signs(text).in_phase("unknown"))


def test_a_treatment_long_ago_is_no_reason_for_dizziness() -> None:
    found = signs("i feel dizzy").in_phase("long_ago")
    assert (alarms(found), found.denied) == ([], True)


@pytest.mark.parametrize("text", ["i have a fever", "i feel dizzy", "my cheek is infected"])
def test_who_is_booked_is_to_show_it_before_the_session(text: str) -> None:
    found = signs(text).in_phase("booked")
    assert (bool(found.found), found.level("booked")) == (True, "before_session")


@pytest.mark.parametrize("text", ["my throat is tight and i have a fever", "i have a fever and there is pus"])
def test_what_cannot_wait_for_a_session_does_not_have_to(text: str) -> None:
    assert signs(text).in_phase("booked").level("booked") != "before_session"


@pytest.mark.parametrize(
    "text",
    [
        "it was agony last time",
        "my eyes were puffy but its gone now",
        "i dont feel dizzy",
        "it doesnt look infected",
        "faint marks on my cheek",
        "is a 38 degree bath ok",
        "that sunscreen smells funny",
        "my session cost £38.5",
    ],
)
def test_what_is_over_denied_or_means_something_else_is_no_sign_after_a_treatment(text: str) -> None:
    assert not signs(text).in_phase("treated").certain


def test_a_part_of_a_message_tells_no_more_than_the_whole() -> None:
    whole, part = (
        signs("the pain was terrible when they did it, its gone now"),
        signs("the pain was terrible"),
    )
    assert part.in_phase("treated").certain
    assert not part.within(whole).in_phase("treated").certain


def test_a_short_message_can_say_that_there_is_little_of_it() -> None:
    assert signs("it hurts a bit").mild
    assert not signs("it hurts").mild
