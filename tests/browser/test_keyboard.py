"""Keyboard operation, from the launcher to an answer and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
_FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at ? (at.getAttribute('aria-label') || at.innerText || at.tagName).trim() : '';
}"""
_COMPOSED = """
  window.KeyboardEvent = class extends KeyboardEvent {
    constructor(type, init) { super(type, { ...init, composed: true }); }
  };
"""
_WITHIN = "() => document.activeElement?.localName === 'microneedling-chat'"


def focused(page: Page) -> str:
    """The name of what has the focus, through all shadow roots."""
    name: str = page.evaluate(_FOCUSED)
    return name


def tab_to(page: Page, name: str, key: str = "Tab", limit: int = 40) -> None:
    """Presses a key until something of that name has the focus."""
    for _ in range(limit):
        if name in focused(page):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} is not reached with {key}: the focus is on {focused(page)!r}")


def test_from_the_launcher_to_an_answer_and_back(chat: Chat) -> None:
    keys = chat.page.keyboard
    tab_to(chat.page, "Ask a question")
    keys.press("Enter")
    expect(chat.field).to_be_focused()
    keys.type("How long will my skin stay red?")
    keys.press("Enter")
    chat.answer_after(0)
    expect(chat.field).to_be_focused()
    tab_to(chat.page, " sources", "Shift+Tab")
    keys.press("Enter")
    expect(chat.last.get_by_text("What To Expect After Micro-needling?")).to_be_visible()
    tab_to(chat.page, "How long is the recovery?")
    keys.press("Space")
    expect(chat.answers).to_have_count(2)
    keys.press("Escape")
    expect(chat.dialog).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_keys_work_where_every_key_event_leaves_its_shadow_root(chat: Chat) -> None:
    """In Firefox each `KeyboardEvent` does, those that scripts make included."""
    chat.page.add_init_script(_COMPOSED)
    chat.page.reload()
    chat.open().field.click()
    chat.page.keyboard.type("Does it hurt?")
    chat.page.keyboard.press("Enter")
    chat.answer_after(0)
    expect(chat.field).to_have_value("")
    chat.page.keyboard.press("Escape")
    expect(chat.dialog).to_be_hidden()


def test_the_focus_is_somewhere_sensible_after_a_button_is_used_up(chat: Chat) -> None:
    chat.open().ask("How long will my skin stay red?")
    chat.button("How long is the recovery?").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.answers).to_have_count(2)
    assert chat.page.evaluate(_WITHIN)


def test_shift_and_enter_make_a_new_line(chat: Chat) -> None:
    chat.open().field.press_sequentially("Does it")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("hurt?")
    expect(chat.questions).to_have_count(0)
    chat.field.press("Enter")
    chat.answer_after(0)
    expect(chat.questions).to_have_count(1)


def test_the_menu_opens_moves_and_closes_with_the_keyboard(chat: Chat) -> None:
    chat.open().button("More").focus()
    chat.page.keyboard.press("Enter")
    items = chat.dialog.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    chat.page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.button("More")).to_be_focused()
    expect(chat.dialog).to_be_visible()


def test_on_a_small_screen_escape_closes_the_menu_alone(new_chat: NewChat) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    chat.button("More").click()
    expect(chat.dialog.get_by_role("menuitem").first).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.button("More")).to_be_focused()
    expect(chat.dialog).to_be_visible()


def test_the_way_back_of_a_phone_closes_the_menu_alone(new_chat: NewChat) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    chat.button("More").click()
    expect(chat.dialog.get_by_role("menuitem").first).to_be_visible()
    chat.dialog.evaluate(
        "node => node.dispatchEvent(new Event('cancel', { cancelable: true })) && node.close()"
    )
    expect(chat.dialog.get_by_role("menuitem")).to_have_count(0)
    expect(chat.field).to_be_visible()


def test_at_a_desk_the_focus_may_leave_the_chat(chat: Chat) -> None:
    chat.open()
    tab_to(chat.page, "A BUTTON OF THE PAGE", limit=60)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_on_a_phone_the_focus_stays_in_the_chat(new_chat: NewChat, key: str) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    expect(chat.dialog).to_be_visible()
    chat.ask("How long will my skin stay red?")
    for _ in range(30):
        chat.page.keyboard.press(key)
        assert chat.page.evaluate("() => document.activeElement.localName") in ("microneedling-chat", "body")
    assert focused(chat.page) != "A BUTTON OF THE PAGE"


def test_each_answer_is_announced_once(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate(_LISTEN)
    chat.ask("Does it hurt?")
    chat.ask("How long will my skin stay red?")
    chat.page.wait_for_timeout(500)
    said: list[str] = chat.page.evaluate("() => window.said")
    assert sum("It doesn't hurt that much" in words for words in said) == 1
    assert sum("About a day" in words for words in said) == 1


_LISTEN = """() => {
  window.said = [];
  const roots = [document];
  for (const root of roots) {
    for (const node of root.querySelectorAll('*')) if (node.shadowRoot) roots.push(node.shadowRoot);
    new MutationObserver(() => {
      for (const live of root.querySelectorAll('[role=status], [aria-live=polite], [aria-live=assertive]')) {
        const words = live.textContent.trim();
        if (words && words !== live.lastSaid) window.said.push(words);
        live.lastSaid = words;
      }
    }).observe(root, { subtree: true, childList: true, characterData: true });
  }
}"""
