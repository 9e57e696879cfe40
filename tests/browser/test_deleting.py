"""A conversation is deleted after a question, everywhere and for good."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat


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
