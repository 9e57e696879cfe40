"""Nothing typed or sent by the server is executed as script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.browser.hostile_strings import HOSTILE
from tests.fakes.flaky_proxy import Messages, MoodyProxy

_SET_TRAP = "window.caught = 0; window.pwned = () => { window.caught += 1; };"
# Elements that nobody but the hostile strings would bring into a chat, counted through all shadow roots.
_FOREIGN = """() => {
  const wanted = 'img[src="x"], [onerror], [onload], [onclick], [onfocus], [ontoggle], [onmouseover], iframe, object, '
    + 'embed, form[action], video, math, a[href^="javascript" i], a[href^="data" i]';
  const roots = [document];
  let found = [];
  for (const root of roots) {
    for (const node of root.querySelectorAll('*')) if (node.shadowRoot) roots.push(node.shadowRoot);
    found.push(...[...root.querySelectorAll(wanted)].map(node => node.outerHTML));
  }
  return found;
}"""


@pytest.fixture
def trapped(chat: Chat) -> Chat:
    """A chat on a page that notices when something runs."""
    chat.page.add_init_script(_SET_TRAP)
    chat.page.reload()
    return chat.open()


def assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("() => window.caught") == 0
    assert page.evaluate(_FOREIGN) == []


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 30


def test_what_a_person_types_is_shown_as_it_was_typed_and_never_runs(trapped: Chat) -> None:
    for count, text in enumerate(HOSTILE, start=1):
        trapped.type(text)
        expect(trapped.questions).to_have_count(count)
        expect(trapped.questions.last).to_contain_text(text)
        expect(trapped.answers.nth(count - 1)).to_be_visible()
    assert_nothing_ran(trapped.page)


def test_what_was_stored_comes_back_as_text(trapped: Chat) -> None:
    for text in HOSTILE[::4]:
        trapped.ask(text)
    trapped.reload()
    for question, text in zip(trapped.questions.all(), HOSTILE[::4]):
        expect(question).to_contain_text(text)
    assert_nothing_ran(trapped.page)


def everywhere(text: str) -> Messages:
    """An answer that holds the string wherever an answer holds text."""
    source = {"id": text, "title": text, "section": text}
    step: dict[str, Any] = {"id": text, "title": text, "detail": text, "state": "now", "sources": [source]}
    timeline = {
        "type": "timeline",
        "treated_at": "2026-11-19T15:00:00+01:00",
        "timezone": "Europe/Madrid",
        "steps": [{**step, "starts_at": "2026-11-19T15:00:00+01:00", "ends_at": None}],
        "calendar_url": text,
    }
    metadata = {"topic": text, "outcome": "answered", "sources": [source], "disagreement": True}
    urgent = {**metadata, "outcome": "urgent"}
    button = {"title": text, "payload": text}
    return [
        {"text": text, "buttons": [button], "metadata": metadata},
        {"text": text, "metadata": urgent},
        {"text": text, "custom": timeline, "metadata": metadata},
    ]


def test_what_the_server_says_is_shown_as_text_and_never_runs(trapped: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.rewrite = lambda _: [message for text in HOSTILE for message in everywhere(text)]
    trapped.type("Does it hurt?")
    expect(trapped.answers).to_have_count(3 * len(HOSTILE))
    assert_nothing_ran(trapped.page)


@pytest.mark.parametrize("address", ["javascript:pwned()", "data:text/html,x", "vbscript:x", "file:///x"])
def test_a_calendar_at_a_strange_address_is_no_link(trapped: Chat, proxy: MoodyProxy, address: str) -> None:
    proxy.mood.rewrite = lambda _: everywhere(address)
    trapped.type("Does it hurt?")
    expect(trapped.answers).to_have_count(3)
    hrefs = [link.get_attribute("href") for link in trapped.dialog.get_by_role("link").all()]
    assert not [href for href in hrefs if href and not href.startswith("tel:")], json.dumps(hrefs)


def test_links_in_answers_lead_out_safely(trapped: Chat, proxy: MoodyProxy) -> None:
    text = "Book at https://example.org/book or write to mailto:studio@example.org or call tel:+34600000000."
    proxy.mood.rewrite = lambda _: [{"text": text, "metadata": {"topic": "x", "outcome": "answered"}}]
    answer = trapped.ask("Does it hurt?")
    booking = answer.get_by_role("link", name="https://example.org/book")
    expect(booking).to_have_attribute("href", "https://example.org/book")
    assert "noopener" in (booking.get_attribute("rel") or "").split()


def test_hostile_attributes_of_the_tag_are_text_too(new_context: Any, host: Any, proxy: MoodyProxy) -> None:
    context: BrowserContext = new_context()
    context.add_init_script(_SET_TRAP)
    page = context.new_page()
    bad = "<img src=x onerror=pwned()>"
    given = dict.fromkeys(("data_title", "data_greeting", "data_suggestions", "data_phone"), bad)
    page.goto(host.address(data_label="Ask a question " + bad, **given))
    chat = Chat(page).open()
    expect(chat.dialog).to_contain_text(bad)
    assert_nothing_ran(page)
