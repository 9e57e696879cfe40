"""Takes the screenshots of the README: ``python -m pytest tests/browser/screenshots.py``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.servers import ROOT

DESK: dict[str, object] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PHONE: dict[str, object] = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
DARK: dict[str, object] = {"color_scheme": "dark"}
Visit = Callable[..., Chat]


@pytest.fixture
def folder() -> Path:
    wanted = ROOT / "docs" / "screenshots"
    wanted.mkdir(exist_ok=True)
    return wanted


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], proxy: MoodyProxy) -> Visit:
    """The page of the invented clinic, with the chat opened."""

    def opened(**options: object) -> Chat:
        page = new_context(**options).new_page()
        page.goto(proxy.origin)
        page.evaluate("() => document.fonts.ready")
        chat = Chat(page)
        chat.launcher.click()
        expect(chat.field).to_be_visible()
        return chat

    return opened


def take(chat: Chat, path: Path) -> None:
    """Without a blinking caret, and with the mouse where it changes nothing."""
    chat.page.mouse.move(0, 0)
    chat.page.screenshot(path=path, caret="hide", animations="disabled")


def test_an_answer_at_a_desk(visit: Visit, folder: Path) -> None:
    chat = visit(**DESK)
    chat.ask("How long will my skin stay red?")
    take(chat, folder / "desk.png")


def test_a_timeline_at_a_desk_in_the_dark(visit: Visit, folder: Path) -> None:
    chat = visit(**DESK, **DARK)
    chat.menu("My treatment")
    chat.show_timeline()
    take(chat, folder / "timeline-dark.png")


def test_the_sources_on_a_phone(visit: Visit, folder: Path) -> None:
    chat = visit(**PHONE)
    summary = chat.ask("When can I wear make-up again?").locator("summary").last
    summary.click()
    summary.evaluate("node => node.parentElement.scrollIntoView({ block: 'end' })")
    take(chat, folder / "phone-sources.png")


def test_an_emergency_on_a_phone(visit: Visit, folder: Path) -> None:
    chat = visit(**PHONE)
    chat.ask("My throat feels tight and I can't breathe")
    take(chat, folder / "phone-urgent.png")


def test_buttons_on_a_phone_in_the_dark(visit: Visit, folder: Path) -> None:
    chat = visit(**PHONE, **DARK)
    chat.ask("Does it help with acne scars?")
    take(chat, folder / "phone-dark.png")
