"""Deleting a conversation asks for confirmation and takes effect everywhere."""

from __future__ import annotations

from threading import Event

from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import MoodyProxy


def confirmation(chat: Chat) -> Locator:
    return chat.page.get_by_role("alertdialog", name="Delete this conversation?")


def test_deleting_asks_first_and_then_leaves_nothing(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    chat.menu("Delete my conversation")
    confirmation(chat).get_by_role("button", name="Delete it").click()
    expect(chat.questions).to_have_count(0)
    expect(chat.page.get_by_role("status").filter(has_text="Your conversation was deleted.")).to_be_attached()
    chat.reload()
    expect(chat.questions).to_have_count(0)


def test_who_changes_their_mind_keeps_everything(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    chat.menu("Delete my conversation")
    confirmation(chat).get_by_role("button", name="Keep it").click()
    expect(confirmation(chat)).to_be_hidden()
    chat.menu("Delete my conversation")
    chat.page.keyboard.press("Escape")
    expect(confirmation(chat)).to_be_hidden()
    expect(chat.dialog).to_be_visible()
    expect(chat.questions).to_have_count(1)


def test_after_deleting_a_new_conversation_begins(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    chat.menu("Delete my conversation")
    confirmation(chat).get_by_role("button", name="Delete it").click()
    expect(chat.questions).to_have_count(0)
    chat.ask("How long will my skin stay red?")
    expect(chat.questions).to_have_count(1)


def test_who_writes_it_sees_everything_go_and_is_told(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    chat.type("delete my data")
    expect(chat.answers).to_have_count(1)
    expect(chat.last).to_contain_text("deleted")
    expect(chat.questions).to_have_count(1)
    chat.reload()
    expect(chat.questions).to_have_count(0)


def test_what_was_typed_after_the_order_is_answered(chat: Chat, proxy: MoodyProxy) -> None:
    chat.open().ask("Does it hurt?")
    proxy.mood.let_through = Event()
    chat.type("delete my data")
    chat.type("How long will my skin stay red?")
    proxy.mood.let_through.set()
    expect(chat.questions).to_have_count(2)
    expect(chat.answers).to_have_count(2)
    expect(chat.last).to_contain_text("red")


def test_another_tab_forgets_as_well(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    other = Chat(chat.page.context.new_page())
    other.page.goto(chat.page.url)
    other.open()
    asked = other.questions.filter(has_text="Does it hurt?")
    expect(asked).to_have_count(1)
    chat.type("delete my data")
    expect(asked).to_have_count(0)  # the order itself is seen there, where that tab was the one that sent it
