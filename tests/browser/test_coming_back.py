"""The conversation survives a reload, another page and a second tab."""

from __future__ import annotations

from threading import Event

from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite


def test_after_a_reload_the_conversation_is_there(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    words = chat.last.inner_text()
    chat.reload()
    expect(chat.questions).to_have_count(1)
    expect(chat.last).to_contain_text(words.splitlines()[-1])


def test_the_launcher_says_that_a_conversation_goes_on(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    chat.button("Close the chat").click()
    expect(chat.launcher).to_have_text("Continue")
    chat.page.reload()
    expect(chat.launcher).to_have_text("Continue")
    expect(chat.page.get_by_role("button", name="New answer")).to_have_count(0)
    chat.open().menu("Delete my conversation")
    chat.page.get_by_role("button", name="Delete it").click()
    expect(chat.questions).to_have_count(0)
    chat.button("Close the chat").click()
    expect(chat.launcher).to_have_text("Ask a question")


def test_the_launcher_tells_of_an_answer_that_came_after_the_chat_was_closed(
    chat: Chat, proxy: MoodyProxy
) -> None:
    proxy.mood.let_through = Event()
    chat.open().type("Does it hurt?")
    expect(chat.questions).to_have_count(1)
    chat.button("Close the chat").click()
    unread = chat.page.get_by_role("button", name="New answer")
    expect(chat.launcher).to_have_text("Continue")
    expect(unread).to_have_count(0)
    proxy.mood.let_through.set()
    expect(unread).to_be_visible()
    chat.page.reload()
    unread.click()
    expect(chat.answers).to_have_count(1)
    chat.button("Close the chat").click()
    expect(unread).to_have_count(0)


def test_a_second_tab_shows_the_same_conversation_and_goes_on_with_it(chat: Chat, host: HostSite) -> None:
    chat.open().ask("Does it hurt?")
    second = Chat(chat.page.context.new_page())
    second.page.goto(host.address())
    second.open()
    expect(second.questions).to_have_count(1)
    second.ask("How long will my skin stay red?")
    expect(second.questions).to_have_count(2)


def test_what_is_said_in_one_tab_appears_in_the_other(chat: Chat, host: HostSite) -> None:
    second = Chat(chat.page.context.new_page())
    second.page.goto(host.address())
    second.open()
    chat.open().ask("Does it hurt?")
    expect(second.questions).to_have_count(1)
    expect(second.answers).to_have_count(1)


def test_two_people_do_not_see_each_other(chat: Chat, new_chat: NewChat) -> None:
    chat.open().ask("Does it hurt?")
    somebody_else = new_chat().open()
    expect(somebody_else.questions).to_have_count(0)


def test_closing_and_opening_asks_the_server_nothing_again(chat: Chat, proxy: MoodyProxy) -> None:
    chat.open().ask("Does it hurt?")
    chat.button("Close the chat").click()
    expect(chat.dialog).to_be_hidden()
    chat.open()
    expect(chat.questions).to_have_count(1)
    assert len(proxy.sent) == 1
