"""Accessibility: axe-core reports no violation in any state, light and dark, on desktop and phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.chat import Chat
from tests.browser.conftest import NewChat

DESK: dict[str, object] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, object] = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
DARK: dict[str, object] = {"color_scheme": "dark"}
LOOKS = {"light": DESK, "dark": {**DESK, **DARK}, "phone": PHONE, "dark phone": {**PHONE, **DARK}}


def long_visit(chat: Chat) -> Iterator[str]:
    """Brings the chat from state to state; each is named when it is there."""
    expect(chat.launcher).to_be_visible()
    yield "closed"
    chat.launcher.click()
    expect(chat.field).to_be_visible()
    yield "opened"
    yield from answers(chat)
    yield from cards(chat)
    yield from menu(chat)
    chat.page.context.set_offline(True)
    chat.type("How long will my skin stay red?")
    expect(chat.questions.last).to_contain_text("How long")
    yield "offline"


def answers(chat: Chat) -> Iterator[str]:
    """Texts and what hangs below them."""
    related = (
        chat.ask("what does it cost").get_by_role("group", name="Related questions").get_by_role("button")
    )
    yield "buttons"
    related.first.click()
    expect(chat.answers).to_have_count(2)
    yield "used buttons"
    for summary in chat.ask("When can I wear make-up again?").locator("summary").all():
        summary.click()
    yield "details, positions and sources"
    chat.ask("Does it hurt?").get_by_role("button", name="This did not help").click()
    expect(chat.dialog.get_by_role("textbox", name="What was missing? (optional)")).to_be_visible()
    yield "comment"


def cards(chat: Chat) -> Iterator[str]:
    """Elements that are more than text."""
    chat.ask("I have a fever and there is pus coming out of my cheek")
    yield "urgent"
    chat.ask("I can't breathe")
    yield "emergency"
    chat.menu("My treatment")
    yield "date"
    chat.show_timeline()
    yield "timeline"


def menu(chat: Chat) -> Iterator[str]:
    """The menu, and the question before everything is deleted."""
    chat.button("More").click()
    expect(chat.dialog.get_by_role("menuitem").first).to_be_visible()
    yield "menu"
    chat.dialog.get_by_role("menuitem", name="Delete my conversation").click()
    expect(chat.page.get_by_role("alertdialog")).to_be_visible()
    yield "confirmation"
    chat.page.keyboard.press("Escape")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(new_chat: NewChat, look: str) -> None:
    # without motion, so that nothing is caught half faded
    options = {**LOOKS[look], "reduced_motion": "reduce"}
    chat = new_chat(options=options, data_phone="+34 600 000 000")
    found = {state: findings(chat.page) for state in long_visit(chat)}
    assert len(found) == 13
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_axe_is_not_blind(chat: Chat) -> None:
    chat.open().page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [finding for finding in findings(chat.page) if finding.startswith("image-alt")]
