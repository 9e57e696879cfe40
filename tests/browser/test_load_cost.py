"""Transfer sizes of the script tag and of opening the chat. Times are measured by `make bench`."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite

_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const add = list => list.getEntries().forEach(entry => { sum += entry.value; });
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300);
})"""


def scripts(proxy: MoodyProxy) -> dict[str, int]:
    """Bytes on the wire of all that the widget is made of, by path."""
    return {each.path: each.size for each in proxy.passed if "/webhooks/" not in each.path}


def shifts(page: Page) -> float:
    """Return the layout shift of the page since it was loaded."""
    moved: float = page.evaluate(_SHIFTS)
    return moved


def test_the_tag_costs_at_most_6_kb_and_calls_nobody_until_the_chat_is_opened(
    new_chat: NewChat, proxy: MoodyProxy
) -> None:
    chat = new_chat()
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_load_state("networkidle")
    assert [each.path for each in proxy.passed] == ["/widget.js"]
    assert 0 < sum(scripts(proxy).values()) <= 6 * 1024


def test_the_opened_chat_costs_at_most_25_kb(new_chat: NewChat, proxy: MoodyProxy) -> None:
    new_chat().open().ask("Does it hurt?")
    assert 0 < sum(scripts(proxy).values()) <= 25 * 1024


def test_the_next_page_takes_the_chat_from_the_cache(
    new_chat: NewChat, host: HostSite, proxy: MoodyProxy
) -> None:
    chat = new_chat().open()
    assert [path for path in scripts(proxy) if path.startswith("/widget/")]
    proxy.calm()
    chat.page.goto(host.address(data_title="Another page"))
    expect(chat.field).to_be_visible()
    assert [path for path in scripts(proxy) if path.startswith("/widget/")] == []


def test_nothing_on_the_website_moves(new_chat: NewChat) -> None:
    chat = new_chat()
    expect(chat.launcher).to_be_visible()
    assert shifts(chat.page) == 0
    chat.open().button("Close the chat").click()
    expect(chat.launcher).to_be_visible()
    assert shifts(chat.page) == 0
