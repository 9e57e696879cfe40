"""The demo page at /: a fictitious clinic with the widget, on every screen size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import findings
from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import MoodyProxy

NewContext = Callable[..., BrowserContext]
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def visit(new_context: NewContext, proxy: MoodyProxy) -> Callable[..., Page]:
    """Opens the page in a fresh profile."""

    def open_page(**options: object) -> Page:
        page = new_context(**options).new_page()
        page.goto(proxy.origin)
        return page

    return open_page


def test_the_widget_answers_on_it(visit: Callable[..., Page]) -> None:
    chat = Chat(visit()).open()
    chat.ask("How long will my skin stay red?")
    expect(chat.questions).to_have_count(1)


def test_its_own_button_opens_the_chat(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("button", name="Ask the assistant").click()
    expect(Chat(page).field).to_be_focused()


def test_it_says_that_the_clinic_is_invented(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.get_by_text("This clinic is invented.")).to_be_in_viewport()
    expect(page.get_by_role("contentinfo")).to_contain_text("Nowhere Skin Studio is invented")


def test_the_line_to_embed_has_this_address_and_can_be_copied(
    visit: Callable[..., Page], proxy: MoodyProxy
) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the line").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("<script async")
    assert f'src="{proxy.origin}/widget.js"' in copied


def test_without_javascript_it_says_what_is_missing_and_offers_no_dead_button(
    visit: Callable[..., Page],
) -> None:
    page = visit(java_script_enabled=False)
    notice = page.locator("noscript > p")  # Playwright's search for text passes over what is in a noscript
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("The assistant needs JavaScript")
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280, 1920])
def test_axe_finds_nothing_and_nothing_overflows(
    visit: Callable[..., Page], width: int, colour_scheme: str
) -> None:
    page = visit(
        viewport={"width": width, "height": 900}, color_scheme=colour_scheme, reduced_motion="reduce"
    )
    assert page.evaluate(_OVERFLOW) == 0
    assert findings(page) == []


def test_the_first_tab_stop_leads_past_the_header(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
