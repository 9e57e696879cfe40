"""Statements about now, read at a later time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from playwright.sync_api import expect

from tests.browser.chat import Chat, days_from_now
from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import Messages, MoodyProxy

PHONE: dict[str, object] = {
    "viewport": {"width": 375, "height": 667},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
_HEIGHTS = """node => [node.closest('.timeline'), node.closest('.log')].map(one => one.clientHeight)"""


def later(days: int) -> datetime:
    return datetime.now(timezone.utc) + timedelta(days=days)


def not_yet(ok_from: datetime) -> dict[str, Any]:
    metadata = {
        "outcome": "answered",
        "verdict": "not_yet",
        "ok_from": ok_from.isoformat(),
        "topic": "after_makeup",
    }
    return {"text": "Not yet – from then on.", "metadata": metadata}


def test_a_step_that_has_ended_is_past_when_the_chat_is_opened_days_later(chat: Chat) -> None:
    chat.open().menu("My treatment")
    timeline = chat.show_timeline(days_from_now(0, "00:05"))
    makeup = timeline.get_by_role("list", name="Your timeline: Leave off").get_by_text("No make-up")
    expect(makeup.first).to_be_visible()
    chat.page.clock.set_fixed_time(later(3))
    chat.reload()
    expect(
        chat.last.get_by_role("list", name="Your timeline: Leave off").get_by_text("No make-up")
    ).to_have_count(0)
    chat.last.get_by_role("button", name=re.compile("earlier steps?")).click()
    expect(chat.last.get_by_role("list", name="Your timeline: Past")).to_contain_text("No make-up")
    expect(chat.last).to_contain_text(re.compile(r"As of \w{3},? \d+ \w{3}"))


def test_a_tab_that_stays_open_moves_on_by_itself(chat: Chat) -> None:
    chat.page.clock.install()
    chat.open().menu("My treatment")
    chat.show_timeline(days_from_now(0, "00:05"))
    expect(chat.last.get_by_role("list", name="Your timeline: Leave off")).to_contain_text("No make-up")
    chat.page.clock.fast_forward(2 * 24 * 60 * 60 * 1000)
    expect(chat.last.get_by_role("list", name="Your timeline: Leave off")).not_to_contain_text("No make-up")


def test_a_verdict_whose_time_has_come_says_so(chat: Chat, proxy: MoodyProxy) -> None:
    def two(_: Messages) -> Messages:
        return [not_yet(later(1)), not_yet(later(9))]

    chat.page.clock.install()
    proxy.mood.rewrite = two
    chat.open().ask("Make-up?")
    notes = chat.log.get_by_role("note").filter(has_text="fine since")
    expect(notes).to_have_count(0)
    chat.page.clock.fast_forward(2 * 24 * 60 * 60 * 1000)
    expect(notes).to_have_count(1)
    expect(chat.answers.first).to_contain_text("fine since")


def test_who_comes_back_sees_at_what_time_it_was_said(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    time = re.compile(r"\d\d:\d\d")
    expect(chat.questions.first).not_to_contain_text(time)
    chat.page.clock.set_fixed_time(later(1))
    chat.reload()
    expect(chat.questions.first).to_contain_text(time)


def test_the_card_takes_at_most_one_and_a_half_screens_of_a_phone(new_chat: NewChat) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    for day in (0, -1, 10):
        chat.menu("My treatment")
        timeline = chat.show_timeline(days_from_now(day, "00:05"))
        card = timeline.get_by_role("list").first
        heights: list[float] = card.evaluate(_HEIGHTS)
        assert heights[0] <= 1.5 * heights[1], day
