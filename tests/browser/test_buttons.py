"""Buttons of an answer can be used once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import MoodyProxy, Refusal
from tests.servers import RunningAssistant

# Some of these lie between two topics, whatever the present model makes of the others.
VAGUE = (
    "what do I do then",
    "is this ok with it",
    "is it bad or good after",
    "is that normal",
    "how is it after",
)


def test_a_button_leads_on_and_is_used_up(chat: Chat) -> None:
    first = chat.open().ask("How long will my skin stay red?")
    offered = first.get_by_role("group", name="Related questions").get_by_role("button")
    pressed = offered.filter(has_text="How long is the recovery?")
    pressed.click()
    expect(chat.answers).to_have_count(2)
    expect(chat.questions.last).to_contain_text("How long is the recovery?")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    for button in offered.all():
        expect(button).to_be_disabled()


def test_used_buttons_stay_used_after_a_reload(chat: Chat) -> None:
    chat.open().ask("How long will my skin stay red?")
    chat.button("How long is the recovery?").click()
    expect(chat.answers).to_have_count(2)
    chat.reload()
    expect(chat.answers).to_have_count(2)
    first, second = chat.answers.all()
    related = first.get_by_role("group", name="Related questions").get_by_role("button")
    assert related.count() >= 2
    for button in related.all():
        expect(button).to_be_disabled()
    expect(second.get_by_role("group", name="Related questions").get_by_role("button").first).to_be_enabled()


def test_the_button_of_an_older_answer_uses_up_its_own_group(chat: Chat) -> None:
    chat.open()
    for _ in range(2):
        chat.ask("How long will my skin stay red?")
    older, newer = (
        answer.get_by_role("group", name="Related questions").get_by_role("button")
        for answer in chat.answers.all()
    )
    older.filter(has_text="How long is the recovery?").click()
    expect(chat.answers).to_have_count(3)
    for _ in range(2):
        expect(older.first).to_be_disabled()
        expect(newer.first).to_be_enabled()
        chat.reload()
        expect(chat.answers).to_have_count(3)


def test_a_button_that_the_assistant_no_longer_knows_says_so(chat: Chat, proxy: MoodyProxy) -> None:
    chat.open().ask("How long will my skin stay red?")
    proxy.mood.refusals = [Refusal(403)]
    chat.button("How long is the recovery?").click()
    expect(chat.questions.last).to_contain_text("That button no longer fits. Please write your question.")


def test_who_is_not_understood_is_asked_what_they_meant(chat: Chat, embedded: RunningAssistant) -> None:
    unclear = next(text for text in VAGUE if is_asked_back(embedded, text))
    meant = chat.open().ask(unclear).get_by_role("group", name="Did you mean").get_by_role("button")
    assert meant.count() >= 2
    meant.first.click()
    chat.answer_after(1)
    expect(meant.first).to_have_attribute("aria-pressed", "true")


def is_asked_back(assistant: RunningAssistant, text: str) -> bool:
    """Return whether the assistant asks for a clarification."""
    return bool(assistant.visitor().say(text)[0]["metadata"]["outcome"] == "clarify")
