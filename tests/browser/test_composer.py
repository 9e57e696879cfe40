"""The composer: it grows, counts characters, and leaves Enter to input methods."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from tests.browser.chat import Chat

ENTER = {"key": "Enter", "code": "Enter"}
IME = 229  # the code of a key that an input method takes
_SET_TYPE = "node => node.getRootNode().host.style.setProperty('--microneedling-font-size', '12px')"
_TYPE = "node => parseFloat(getComputedStyle(node).fontSize)"


@pytest.fixture
def keyboard(chat: Chat) -> CDPSession:
    """Return the DevTools session, as Playwright's keyboard knows no input methods."""
    chat.open()
    return chat.page.context.new_cdp_session(chat.page)


def height(locator: Locator) -> float:
    found = locator.bounding_box()
    assert found is not None
    return found["height"]


def press_enter(keyboard: CDPSession, code: int) -> None:
    """Enter with that code, down and up."""
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send("Input.dispatchKeyEvent", {"type": kind, "windowsVirtualKeyCode": code, **ENTER})


def test_it_grows_with_its_text_up_to_a_limit_and_shrinks_again(chat: Chat) -> None:
    field = chat.open().field
    alone = height(field)
    heights = []
    for lines in (2, 4, 40, 80):
        field.fill("\n".join(["a line"] * lines))
        heights.append(height(field))
    assert alone < heights[0] < heights[1] < heights[2] == heights[3]
    assert heights[3] < height(chat.log)
    field.fill("")
    assert height(field) == alone


def test_sending_a_long_message_makes_it_small_again(chat: Chat) -> None:
    field = chat.open().field
    alone = height(field)
    chat.type("Does it hurt?\n" * 4)
    expect(field).to_have_value("")
    assert height(field) == alone


def test_enter_while_a_word_is_composed_sends_nothing(chat: Chat, keyboard: CDPSession) -> None:
    keyboard.send("Input.imeSetComposition", {"text": "いたい", "selectionStart": 3, "selectionEnd": 3})
    expect(chat.field).to_have_value("いたい")
    press_enter(keyboard, 13)
    expect(chat.questions).to_have_count(0)
    expect(chat.field).to_have_value("いたい")


def test_enter_that_an_input_method_takes_sends_nothing(chat: Chat, keyboard: CDPSession) -> None:
    keyboard.send("Input.insertText", {"text": "Does it hurt?"})
    press_enter(keyboard, IME)
    expect(chat.questions).to_have_count(0)
    expect(chat.field).to_have_value("Does it hurt?")
    press_enter(keyboard, 13)
    expect(chat.questions).to_have_count(1)


def test_a_message_of_1000_characters_is_sent_and_a_longer_one_is_not(chat: Chat) -> None:
    field, send = chat.open().field, chat.button("Send")
    expect(send).to_have_attribute("aria-disabled", "true")
    field.fill("x" * 900)
    expect(chat.dialog.get_by_text("100 characters left")).to_be_visible()
    field.fill("x" * 1001)
    expect(chat.dialog.get_by_text("1 too many. A message has at most 1,000 characters.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press("Enter")
    expect(field).to_have_value("x" * 1001)
    expect(chat.questions).to_have_count(0)
    field.fill(f"  {'x' * 1000}\n")  # what surrounds it does not count
    expect(send).to_have_attribute("aria-disabled", "false")
    send.click()
    expect(chat.questions).to_have_count(1)


def test_a_message_of_spaces_is_none(chat: Chat) -> None:
    chat.open().type(" \n ")
    expect(chat.questions).to_have_count(0)


def test_the_type_of_every_field_is_large_enough_for_phones_not_to_enlarge_the_page(chat: Chat) -> None:
    chat.open().ask("Does it hurt?").get_by_role("button", name="This did not help").click()
    chat.field.evaluate(_SET_TYPE)
    comment = chat.dialog.get_by_role("textbox", name="What was missing? (optional)")
    sizes = [field.evaluate(_TYPE) for field in (chat.field, comment)]
    chat.menu("My treatment")
    assert [*sizes, chat.page.get_by_label("Day and time").evaluate(_TYPE)] == [16, 16, 16]
