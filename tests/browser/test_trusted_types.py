"""The whole chat works on a website that enforces Trusted Types and allows no policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite

_PUT_HTML = """() => {
  try { document.createElement('p').innerHTML = '<b>x</b>'; return 'taken'; } catch (error) { return error.name; }
}"""


@pytest.fixture
def chat(new_chat: NewChat) -> Chat:
    """Somebody on such a website."""
    return new_chat("trusted", data_phone="+34 600 000 000")


def test_the_website_really_enforces_them(browser: Browser, host: HostSite, proxy: MoodyProxy) -> None:
    # not watched: the browser complains in the console
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(host.address("trusted"))
        assert page.evaluate(_PUT_HTML) == "TypeError"


def test_a_question_is_answered_with_its_sources(chat: Chat) -> None:
    answer = chat.open().ask("How long will my skin stay red?")
    answer.get_by_text("3 sources", exact=True).click()
    expect(answer.get_by_text("What To Expect After Micro-needling?")).to_be_visible()
    answer.get_by_role("button", name="This did not help").click()
    expect(answer.get_by_role("textbox", name="What was missing? (optional)")).to_be_visible()


def test_an_emergency_gets_its_card(chat: Chat) -> None:
    card = chat.open().ask("I can't breathe")
    expect(card.get_by_role("link", name="Call 112")).to_have_attribute("href", "tel:112")


def test_a_treatment_gets_its_timeline(chat: Chat) -> None:
    chat.open().menu("My treatment")
    timeline = chat.show_timeline().get_by_role("list", name="Your timeline")
    step = timeline.get_by_role("listitem").filter(has_text="Now").first
    for summary in step.locator("summary").all():  # steps that end together are folded into one
        summary.click()
    expect(step.locator("cite").first).to_be_visible()


def test_a_conversation_is_deleted_and_read_again(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    expect(chat.reload().questions).to_have_count(1)
    chat.menu("Delete my conversation")
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Delete it").click()
    expect(chat.questions).to_have_count(0)
