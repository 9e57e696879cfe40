"""Reading position: it stays in sight, with a notice of new messages below."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import MoodyProxy

PHONE: dict[str, object] = {
    "viewport": {"width": 375, "height": 667},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
LONG: dict[str, Any] = {"text": "A paragraph. " * 60, "metadata": {"topic": "pain", "outcome": "answered"}}


@pytest.fixture
def phone(new_chat: NewChat, proxy: MoodyProxy) -> Chat:
    """Somebody at a phone, whose questions get three long answers each."""
    proxy.mood.rewrite = lambda _: [LONG, LONG, LONG]
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    return chat


def test_more_answers_below_are_announced_and_one_press_away(phone: Chat) -> None:
    first = phone.ask("three questions")
    expect(first).to_be_in_viewport()
    phone.button("2 more answers below").click()
    expect(phone.answers.nth(1)).to_be_in_viewport()
    phone.log.evaluate("node => { node.scrollTop = node.scrollHeight; }")
    expect(phone.dialog.get_by_text("below")).to_be_hidden()


def test_who_reads_further_up_learns_of_a_new_answer(phone: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.rewrite = lambda _: [LONG]
    for _ in range(3):
        phone.ask("a question")
    proxy.mood.slowness = 1
    phone.type("one more")
    expect(phone.questions).to_have_count(4)
    phone.log.evaluate("node => { node.scrollTop = 0; }")
    phone.button("New answer").click()
    expect(phone.last).to_be_in_viewport()
    expect(phone.dialog.get_by_text("New answer")).to_be_hidden()


def test_a_reader_of_the_screen_hears_how_many_answers_there_are(phone: Chat) -> None:
    phone.ask("three questions")
    expect(phone.dialog.get_by_role("status").filter(has_text="3 answers:")).to_have_count(1)


def test_offline_and_back_online_the_end_stays_in_sight(phone: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.rewrite = lambda _: [LONG]
    for _ in range(2):
        phone.ask("a question")
    phone.page.context.set_offline(True)
    phone.type("while there is no network")
    expect(phone.trouble).to_be_in_viewport()
    phone.page.context.set_offline(False)
    expect(phone.answers).to_have_count(3)
    expect(phone.last).to_be_in_viewport()


def test_the_keyboard_of_a_phone_does_not_hide_the_end(phone: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.rewrite = lambda _: [LONG]
    for _ in range(3):
        phone.ask("a question")
    phone.log.evaluate("node => { node.scrollTop = node.scrollHeight; }")
    end = phone.last.get_by_role("button", name="This helped")
    expect(end).to_be_in_viewport()
    phone.page.set_viewport_size({"width": 375, "height": 380})
    expect(end).to_be_in_viewport()


def test_the_head_is_one_line_and_suggestions_are_at_most_two(new_chat: NewChat) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    heading = chat.dialog.get_by_role("heading", name="Questions about microneedling").bounding_box()
    assert heading is not None
    assert heading["height"] < 30
    buttons = chat.ask("Does it hurt?").get_by_role("group", name="Related questions").get_by_role("button")
    tops = buttons.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    assert 1 <= len(set(tops)) <= 2


def test_the_replies_to_a_check_stand_in_one_row(new_chat: NewChat) -> None:
    chat = new_chat(options=PHONE)
    chat.launcher.click()
    question = chat.ask("Am I a candidate?")
    replies = [question.get_by_role("button", name=name, exact=True) for name in ("Yes", "No", "Not sure")]
    boxes = [reply.bounding_box() for reply in replies]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    replies[1].click()
    expect(chat.answers).to_have_count(2)
    expect(replies[0]).to_be_disabled()


def test_between_a_question_and_its_choices_stands_nothing_but_a_heading(
    chat: Chat, proxy: MoodyProxy
) -> None:
    proxy.mood.rewrite = lambda _: [
        {
            "text": "I am not sure.\n\nIf it gets worse, do not wait.",
            "buttons": [{"title": "The benefits", "payload": "/benefits"}],
            "metadata": {"outcome": "clarify", "sources": [{"id": "a", "title": "A"}]},
        }
    ]
    words = chat.open().ask("what is best").inner_text()
    places = [
        words.index(part) for part in ("I am not sure.", "Did you mean", "The benefits", "If it gets worse")
    ]
    assert places == sorted(places)
    assert "source" not in words
