"""The timeline card, from picking a treatment date to the calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat, days_from_now


@pytest.fixture
def yesterday() -> str:
    """Return the form's value for yesterday afternoon."""
    return days_from_now(-1, "15:00")


def steps(answer: Locator) -> Locator:
    return answer.get_by_role("list", name="Your timeline").get_by_role("listitem")


def test_who_was_treated_sees_what_is_past_what_is_now_and_what_comes(chat: Chat, yesterday: str) -> None:
    chat.open().menu("My treatment")
    timeline = chat.show_timeline(yesterday)
    assert steps(timeline).count() >= 4
    expect(steps(timeline).filter(has_text="Now").first).to_be_visible()
    expect(steps(timeline).filter(has_text="Later").first).to_be_visible()


@pytest.mark.parametrize(
    "question", ["Does it hurt?", "How much is a session?", "How long will my skin stay red?"]
)
def test_the_menu_shows_the_timeline_whatever_was_answered_before(
    chat: Chat, yesterday: str, question: str
) -> None:
    chat.open().ask(question)
    chat.menu("My treatment")
    assert steps(chat.show_timeline(yesterday)).count() >= 4
    expect(chat.questions.last).to_contain_text("I was treated on")
    expect(chat.questions.last).not_to_contain_text("-")


def test_the_date_is_asked_for_when_the_assistant_needs_it(chat: Chat, yesterday: str) -> None:
    asked = chat.open().ask("Can you show me my timeline?")
    expect(asked.get_by_role("group", name="My treatment")).to_be_visible()
    assert steps(chat.show_timeline(yesterday)).count() >= 4


def test_the_day_is_said_once(chat: Chat) -> None:
    said = chat.open().ask("I had it yesterday at 3 pm. When can I wear make-up?").inner_text()
    assert said.count("Day 1 after") == 1


def test_a_session_that_is_still_to_come_has_a_timeline_too(chat: Chat) -> None:
    chat.open().menu("My treatment")
    timeline = chat.show_timeline(days_from_now(10, "09:30"))
    expect(steps(timeline).filter(has_text="Later").first).to_be_visible()
    expect(steps(timeline).filter(has_text="Past")).to_have_count(0)


def test_without_a_day_nothing_is_sent(chat: Chat) -> None:
    chat.open().menu("My treatment")
    chat.page.get_by_label("Day and time").fill("")
    chat.page.get_by_role("button", name="Show my timeline").click()
    expect(chat.page.get_by_role("alert").filter(has_text="Please choose a day and a time.")).to_be_visible()
    expect(chat.questions).to_have_count(0)


def test_the_date_can_be_corrected(chat: Chat, yesterday: str) -> None:
    chat.open().menu("My treatment")
    first = chat.show_timeline(yesterday)
    words = first.inner_text()
    first.get_by_role("button", name="Change the date").click()
    second = chat.show_timeline(days_from_now(-4, "10:00"))
    assert second.inner_text() != words


def test_the_timeline_can_be_taken_into_a_calendar(chat: Chat, yesterday: str, tmp_path: Path) -> None:
    chat.open().menu("My treatment")
    timeline = chat.show_timeline(yesterday)
    with chat.page.expect_download() as download:
        timeline.get_by_role("link", name="Add to calendar").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert path.suffix == ".ics"
    assert len(events) >= 2


def test_the_timeline_is_there_after_a_reload(chat: Chat, yesterday: str) -> None:
    chat.open().menu("My treatment")
    count = steps(chat.show_timeline(yesterday)).count()
    expect(steps(chat.reload().last)).to_have_count(count)
