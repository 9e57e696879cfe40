"""The widget on another website: one script tag, a strict policy, no side effects."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat


@pytest.mark.parametrize("embedding", ["tag", "twice", "element"])
def test_there_is_one_chat_however_often_it_is_embedded(new_chat: NewChat, embedding: str) -> None:
    chat = new_chat(embedding)
    expect(chat.page.get_by_role("button", name="Ask a question")).to_have_count(1)
    expect(chat.open().page.get_by_role("dialog")).to_have_count(1)
    chat.ask("Does it hurt?")
    expect(chat.questions).to_have_count(1)


def test_an_element_has_the_same_settings(new_chat: NewChat) -> None:
    chat = new_chat("element", heading="Ask Ana", position="left", label="Ask a question of Ana")
    chat.page.get_by_role("button", name="Ask a question of Ana").click()
    expect(chat.page.get_by_role("dialog", name="Ask Ana")).to_be_visible()


def test_opened_from_the_start_it_does_not_take_the_focus(new_chat: NewChat) -> None:
    chat = new_chat(data_open="")
    expect(chat.dialog).to_be_visible()
    assert chat.page.evaluate("() => document.activeElement.localName") == "body"


def test_on_a_phone_it_stays_closed(new_chat: NewChat) -> None:
    chat = new_chat(data_open="", options={"viewport": {"width": 375, "height": 812}})
    expect(chat.launcher).to_be_visible()
    expect(chat.dialog).to_be_hidden()


@pytest.mark.parametrize(("theme", "scheme"), [("dark", "light"), ("light", "dark")])
def test_a_website_may_choose_light_or_dark(new_chat: NewChat, theme: str, scheme: str) -> None:
    chat = new_chat(data_theme=theme, options={"color_scheme": scheme}).open()
    light = sum(_rgb(chat.dialog.evaluate("node => getComputedStyle(node).backgroundColor"))) > 3 * 128
    assert light is (theme == "light")


def test_the_websites_own_styles_do_not_reach_the_chat(chat: Chat) -> None:
    expect(chat.launcher).to_have_css("text-transform", "none")
    chat.open().ask("Does it hurt?")
    for button in (
        chat.button("Close the chat"),
        chat.button("Send"),
        chat.button("Does it bleed?"),
    ):
        expect(button).to_have_css("text-transform", "none")
        expect(button).not_to_have_css("background-color", "rgb(122, 0, 60)")
    expect(chat.last).to_have_css("border-top-style", "none")


def test_nothing_of_the_chat_reaches_the_website(new_chat: NewChat) -> None:
    names = "() => Object.getOwnPropertyNames(window).filter(name => !/^\\\\d+$/.test(name))"
    styles = "() => JSON.stringify(getComputedStyle(document.querySelector('main button')))"
    without = new_chat("none").page
    chat = new_chat().open()
    chat.ask("Does it hurt?")
    assert set(chat.page.evaluate(names)) - set(without.evaluate(names)) == set()
    assert chat.page.evaluate(styles) == without.evaluate(styles)


def _rgb(colour: str) -> list[float]:
    return [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
