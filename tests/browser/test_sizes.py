"""Layout from small phones to wide screens, at 200 % zoom and right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewChat

SIZES = [
    (320, 568),
    (360, 740),
    (414, 896),
    (600, 960),
    (768, 1024),
    (1024, 768),
    (1280, 800),
    (1920, 1080),
    (844, 390),
]
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


# Nothing slides or fades, so that boxes are where they stay.
STILL = {"reduced_motion": "reduce"}


def box(locator: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    found = locator.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def middle(locator: Locator) -> float:
    """Half way from left to right."""
    left, _, right, _ = box(locator)
    return (left + right) / 2


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_chat_fits_on_the_screen_and_can_be_used(new_chat: NewChat, width: int, height: int) -> None:
    chat = new_chat(options={**STILL, "viewport": {"width": width, "height": height}})
    chat.launcher.click()
    chat.ask("How long will my skin stay red?")
    left, top, right, bottom = box(chat.dialog)
    assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4
    for part in (
        chat.field,
        chat.button("Send"),
        chat.button("Close the chat"),
        chat.button("Talk to a person"),
    ):
        expect(part).to_be_in_viewport(ratio=1)
    assert chat.page.evaluate(_OVERFLOW) == 0


@pytest.mark.parametrize(("width", "height"), [(320, 568), (414, 896), (599, 900)])
def test_on_a_phone_the_chat_is_the_whole_screen(new_chat: NewChat, width: int, height: int) -> None:
    chat = new_chat(options={**STILL, "viewport": {"width": width, "height": height}})
    chat.launcher.click()
    assert box(chat.dialog) == pytest.approx((0, 0, width, height), abs=1)


def test_on_a_phone_the_page_behind_does_not_scroll(new_chat: NewChat) -> None:
    chat = new_chat(options={"viewport": {"width": 375, "height": 400}})
    chat.launcher.click()
    expect(chat.dialog).to_be_visible()
    chat.page.mouse.move(180, 200)
    chat.page.mouse.wheel(0, 600)
    assert chat.page.evaluate("() => scrollY") == 0


def test_with_the_keyboard_open_the_field_stays_in_sight(new_chat: NewChat) -> None:
    chat = new_chat(options={"viewport": {"width": 375, "height": 812}})
    chat.launcher.click()
    chat.ask("How long will my skin stay red?")
    chat.page.set_viewport_size({"width": 375, "height": 430})
    for part in (chat.field, chat.button("Send"), chat.button("Close the chat")):
        expect(part).to_be_in_viewport(ratio=1)


def test_at_200_percent_everything_is_there(new_chat: NewChat) -> None:
    # 200 % on a screen of 1280 by 800 leaves half as many CSS pixels each way
    chat = new_chat(options={"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2})
    chat.launcher.click()
    chat.ask("How long will my skin stay red?")
    for part in (chat.field, chat.button("Send"), chat.button("Close the chat")):
        expect(part).to_be_in_viewport(ratio=1)
    assert chat.page.evaluate(_OVERFLOW) == 0


def test_every_target_is_large_enough_to_hit(new_chat: NewChat) -> None:
    chat = new_chat(options={"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True})
    chat.launcher.click()
    chat.ask("How long will my skin stay red?")
    for button in chat.dialog.get_by_role("button").all():
        left, top, right, bottom = box(button)
        assert min(right - left, bottom - top) >= 24, button.inner_text()
    for name in ("Send", "Close the chat", "More"):
        left, top, right, bottom = box(chat.button(name))
        assert min(right - left, bottom - top) >= 44, name


def test_from_right_to_left_the_chat_is_mirrored(new_chat: NewChat) -> None:
    chat = new_chat(dir="rtl").open()
    chat.ask("Does it hurt?")
    assert middle(chat.button("Send")) < middle(chat.field)
    asked, told = (said.first.get_by_role("paragraph").first for said in (chat.questions, chat.answers))
    assert middle(asked) < middle(told)
    assert chat.page.evaluate(_OVERFLOW) == 0


def test_the_chat_stands_in_the_corner_that_the_website_wants(new_chat: NewChat) -> None:
    for position, side in (("left", True), ("right", False)):
        chat = new_chat(data_position=position)
        assert (box(chat.launcher)[0] < 640) is side
        assert (box(chat.open().dialog)[0] < 640) is side
