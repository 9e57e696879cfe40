"""An alarm is answered with a prominent card that does not rely on colour alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat

EMERGENCY = "I can't breathe"
URGENT = "I have a fever and there is pus coming out of my cheek"


def test_an_emergency_says_so_in_a_heading(chat: Chat) -> None:
    card = chat.open().ask(EMERGENCY).get_by_role("region", name="Immediate action required")
    expect(card.get_by_role("heading", name="Immediate action required")).to_be_visible()
    expect(card).to_contain_text("Call the emergency number now")


def test_what_cannot_wait_says_so_in_a_heading(chat: Chat) -> None:
    card = chat.open().ask(URGENT).get_by_role("region", name="Urgent advice")
    expect(card.get_by_role("heading", name="Urgent advice")).to_be_visible()
    expect(card).to_contain_text("today, right away")


@pytest.mark.parametrize("words", [EMERGENCY, URGENT])
def test_the_card_has_no_sources_and_says_no_number_of_its_buttons_in_the_heading(
    chat: Chat, words: str
) -> None:
    answer = chat.open().ask(words)
    expect(answer.get_by_role("heading")).not_to_contain_text("112")
    expect(answer.locator("summary")).to_have_count(0)


def test_the_card_is_wholly_in_sight_when_it_comes(chat: Chat) -> None:
    chat.open()
    for _ in range(3):
        chat.ask("Does it hurt?")
    card = chat.ask(EMERGENCY).get_by_role("heading", name="Immediate action required")
    expect(card).to_be_in_viewport(ratio=1)


def test_the_emergency_numbers_can_be_called(chat: Chat) -> None:
    card = chat.open().ask(EMERGENCY)
    expect(card.get_by_role("link", name="Call 112")).to_have_attribute("href", "tel:112")


def test_the_clinics_phone_can_be_called(new_chat: NewChat) -> None:
    card = new_chat(data_phone="+34 600 000 000").open().ask(URGENT)
    expect(card.get_by_role("link", name="Call the clinic")).to_have_attribute("href", "tel:+34600000000")


def test_an_ordinary_answer_has_no_such_card(chat: Chat) -> None:
    expect(chat.open().ask("Does it hurt?").get_by_role("region")).to_have_count(0)
