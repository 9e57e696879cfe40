"""The chat on pages that do what websites really do: each is one page of `tests.fakes.host_site.pages`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chat import Chat
from tests.browser.observer import Watch
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite
from tests.fakes.host_site.pages import PAGES, HostPage

TYPED = "is it soft / fast?"
STILL: dict[str, object] = {"reduced_motion": "reduce"}
_LOOK = """node => {
  const look = getComputedStyle(node);
  const names = ['fontSize', 'lineHeight', 'fontStyle', 'textTransform', 'letterSpacing', 'whiteSpace'];
  return [...names.map(name => look[name]), look.userSelect === 'none'];
}"""
PLAIN = ["16px", "24px", "normal", "none", "normal", "normal", False]
_CHATS = "() => document.querySelectorAll('microneedling-chat').length"
_PAGES = [name for name, page in PAGES.items() if page.is_answered]

Visit = Callable[[str], Chat]


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext], host: HostSite, proxy: MoodyProxy, watch: Watch
) -> Iterator[Visit]:
    """Somebody who comes to one of the pages."""

    def come(name: str) -> Chat:
        special = PAGES[name]
        page = new_context(**{**STILL, **special.options}).new_page()
        page.goto(host.address_of(name), wait_until="load")
        return Chat(cast(Page, page.frames[-1])) if special.frame else Chat(page)

    yield come
    assert proxy.origin


def whole_page(chat: Chat) -> Page:
    """The page around the frame that the chat may be in."""
    return cast(Page, getattr(chat.page, "page", chat.page))


def open_and_type(chat: Chat, text: str) -> None:
    """By pointer and keyboard alone, as people do."""
    expect(chat.launcher).to_be_in_viewport(ratio=0.9)
    chat.launcher.click()
    expect(chat.dialog).to_be_visible()
    chat.field.click()
    whole_page(chat).keyboard.type(text)
    expect(chat.field).to_have_value(text)


@pytest.mark.parametrize("name", _PAGES)
def test_the_chat_can_be_used_on(name: str, visit: Visit) -> None:
    chat, special = visit(name), PAGES[name]
    open_and_type(chat, TYPED)
    whole_page(chat).keyboard.press("Enter")
    expect(chat.answers).not_to_have_count(0)
    assert chat.last.get_by_role("paragraph").first.evaluate(_LOOK) == PLAIN
    expect(chat.button("Send")).to_be_in_viewport(ratio=1)
    if special.swap:
        swap(chat, special)
    assert chat.page.evaluate(_CHATS) == 1


def swap(chat: Chat, special: HostPage) -> None:
    """The website changes its content: the chat stays open, with its talk, and goes on."""
    count = chat.answers.count()
    chat.page.evaluate(f"async () => {{ {special.swap} }}")
    expect(chat.dialog).to_be_visible()
    expect(chat.questions).to_have_count(1)
    expect(chat.answers).to_have_count(count)
    chat.ask("Does it hurt?")
    expect(chat.questions).to_have_count(2)


def test_a_frame_that_may_not_reach_the_assistant_says_so(
    browser: Browser, host: HostSite, proxy: MoodyProxy
) -> None:
    # not watched: the browser complains of the frame's origin in the console
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(host.address_of("a sandboxed frame without storage"))
        chat = Chat(cast(Page, page.frames[-1]))
        chat.launcher.click()
        chat.type("Does it hurt?")
        expect(chat.trouble).to_contain_text("can’t be reached")
        expect(chat.questions).to_have_count(1)


@pytest.mark.parametrize("name", ["morphing", "Turbo", "htmx"])
def test_a_draft_and_its_place_survive_a_swap(name: str, visit: Visit) -> None:
    chat = visit(name)
    open_and_type(chat, "half a quest")
    chat.page.evaluate(f"async () => {{ {PAGES[name].swap} }}")
    expect(chat.field).to_be_focused()
    whole_page(chat).keyboard.type("ion")
    expect(chat.field).to_have_value("half a question")


def test_a_closed_chat_stays_closed_after_a_swap(visit: Visit) -> None:
    chat = visit("Turbo")
    expect(chat.launcher).to_be_visible()
    chat.page.evaluate(f"async () => {{ {PAGES['Turbo'].swap} }}")
    expect(chat.launcher).to_be_visible()
    expect(chat.dialog).to_be_hidden()


def test_what_a_page_takes_away_each_time_stays_away(visit: Visit) -> None:
    chat = visit("a tag in the head")
    expect(chat.launcher).to_be_visible()
    chat.page.evaluate("""() => new MutationObserver(() => document.querySelector('microneedling-chat')?.remove())
      .observe(document.body, { childList: true })""")
    chat.page.evaluate("() => document.querySelector('microneedling-chat').remove()")
    expect(chat.launcher).to_have_count(0)


def test_a_page_can_hide_it_and_decide_on_its_layer(visit: Visit) -> None:
    chat = visit("a root of 62.5 %")
    expect(chat.launcher).to_be_visible()
    chat.page.add_style_tag(content="microneedling-chat { display: none }")
    expect(chat.launcher).to_be_hidden()
    chat.page.add_style_tag(content="microneedling-chat { display: block; --microneedling-z-index: 5 }")
    expect(chat.launcher).to_be_visible()


def test_a_page_takes_away_an_element_of_its_own(visit: Visit) -> None:
    chat = visit("an element of the page that is swapped")
    expect(chat.launcher).to_be_visible()
    chat.page.evaluate("() => document.querySelector('microneedling-chat').remove()")
    expect(chat.launcher).to_have_count(0)


def test_a_worker_that_caches_everything_shows_no_old_conversation(visit: Visit) -> None:
    chat = visit("a worker that answers from its cache")
    chat.page.evaluate(f"async () => {{ {PAGES['a worker that answers from its cache'].swap} }}")
    chat.open()
    for count in (1, 2):
        chat.ask("Does it hurt?")
        chat.reload()
        expect(chat.questions).to_have_count(count)


def test_the_wheel_scrolls_the_conversation_on_a_page_that_scrolls_by_itself(visit: Visit) -> None:
    chat = visit("smooth scrolling").open()
    for _ in range(3):
        chat.ask("How long will my skin stay red?")
    top: int = chat.log.evaluate("node => node.scrollTop")
    chat.log.hover()
    whole_page(chat).mouse.wheel(0, -300)
    chat.page.wait_for_function("([node, top]) => node.scrollTop < top", arg=[chat.log.element_handle(), top])


def test_an_answer_can_be_copied_where_a_page_forbids_it(visit: Visit) -> None:
    chat = visit("no copying")
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = chat.open().ask("Does it hurt?")
    answer.get_by_role("button", name="Copy this answer").click()
    expect(answer.get_by_text("Copied.")).to_be_visible()
    copied: str = chat.page.evaluate("() => navigator.clipboard.readText()")
    assert re.sub(r" \[(\d+)\]", r"\1", copied.splitlines()[0]) in answer.inner_text()


def test_the_back_button_shows_the_open_chat_again(visit: Visit, host: HostSite) -> None:
    chat = visit("a root of 62.5 %").open()
    chat.ask("Does it hurt?")
    chat.page.goto(host.address("none"))
    chat.page.go_back()
    expect(chat.dialog).to_be_visible()
    expect(chat.questions).to_have_count(1)
    chat.ask("How long will my skin stay red?")


@pytest.mark.parametrize("options", [{}, {"viewport": {"width": 375, "height": 667}}])
def test_the_talk_is_on_paper_in_full(
    new_context: Callable[..., BrowserContext], host: HostSite, proxy: MoodyProxy, options: dict[str, Any]
) -> None:
    chat = Chat(new_context(**{**STILL, **options}).new_page())
    chat.page.goto(host.address())
    chat.launcher.click()
    for _ in range(4):
        chat.ask("How long will my skin stay red?")
    chat.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    chat.page.emulate_media(media="print")
    first, last = top(chat.questions.first), top(chat.last)
    assert last - first > 900
    assert chat.log.evaluate("node => node.scrollHeight === node.clientHeight")
    for name in ("Send", "Close the chat", "This helped"):
        expect(chat.page.get_by_role("button", name=name).first).to_be_hidden()
    chat.page.emulate_media(media="screen")
    chat.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(chat.button("Send")).to_be_in_viewport(ratio=1)


def top(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


def test_one_answer_is_printed_alone(visit: Visit) -> None:
    chat = visit("a root of 62.5 %").open()
    chat.page.evaluate("() => { window.print = () => document.body.setAttribute('data-prints', ''); }")
    chat.ask("Does it hurt?")
    answer = chat.ask("How long will my skin stay red?")
    answer.get_by_role("button", name="Print this answer").click()
    expect(chat.page.locator("body[data-prints]")).to_have_count(1)
    chat.page.emulate_media(media="print")
    expect(chat.answers).to_have_count(1)
    expect(chat.answers).to_contain_text("About a day")
    expect(chat.page.get_by_role("heading", name="A clinic")).to_be_hidden()
    chat.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(chat.page.get_by_role("heading", name="A clinic")).to_be_visible()
