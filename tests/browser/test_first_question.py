"""From the host page to a first answer with its sources."""

from __future__ import annotations

import re
from threading import Event

from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.servers import RunningAssistant


def test_a_first_question_gets_an_answer_with_its_sources(chat: Chat, embedded: RunningAssistant) -> None:
    question = "How long will my skin stay red?"
    (told,) = embedded.visitor().say(question)
    answer = chat.open().ask(question)
    words = re.sub(r" ?\[(\d+)\]", r"\1", told["text"].splitlines()[0])
    expect(answer).to_contain_text(words)
    sources = told["metadata"]["sources"]
    entries = answer.locator("ol > li")
    for entry in entries.all():
        expect(entry).to_be_hidden()
    answer.get_by_text(f"{len(sources)} sources", exact=True).click()
    expect(entries).to_have_count(len(sources))
    for source, entry in zip(sources, entries.all(), strict=True):
        expect(entry).to_be_visible()
        expect(entry).to_contain_text(source["section"])
        expect(entry).to_contain_text(source["title"])


def test_the_question_stands_above_its_answer_and_the_field_is_empty_again(chat: Chat) -> None:
    chat.open().ask("Does it hurt?")
    expect(chat.questions).to_have_count(1)
    expect(chat.questions).to_contain_text("Does it hurt?")
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_the_assistant_is_seen_to_write_until_the_answer_is_there(chat: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.let_through = Event()
    writing = chat.page.get_by_role("status").filter(has_text="The assistant is writing")
    chat.open().type("Does it hurt?")
    expect(writing).to_be_attached()
    proxy.mood.let_through.set()
    chat.answer_after(0)
    expect(writing).not_to_be_attached()


def test_suggested_questions_at_the_start_are_asked_by_a_press(chat: Chat) -> None:
    suggested = chat.open().dialog.get_by_role("group", name="Suggested questions").get_by_role("button")
    expect(suggested).to_have_count(4)
    words = suggested.first.inner_text()
    suggested.first.click()
    expect(chat.questions).to_contain_text(words)
    expect(chat.answer_after(0)).to_be_visible()


def test_a_website_brings_its_own_greeting_and_questions(new_chat: NewChat) -> None:
    chat = new_chat(
        data_title="Ask Ana", data_greeting="Good day to you.", data_suggestions="Does it hurt?|What is it?"
    ).open()
    expect(chat.page.get_by_role("dialog", name="Ask Ana")).to_be_visible()
    expect(chat.dialog).to_contain_text("Good day to you.")
    suggested = chat.dialog.get_by_role("group", name="Suggested questions").get_by_role("button")
    expect(suggested).to_have_text(["Does it hurt?", "What is it?"])


def test_lists_are_lists_and_paragraphs_are_paragraphs(chat: Chat) -> None:
    answer = chat.open().ask("Who should avoid it?")
    expect(answer.get_by_role("list").first.get_by_role("listitem").first).to_be_visible()
    assert answer.get_by_role("listitem").count() >= 4
    assert answer.get_by_role("paragraph").count() >= 2
    expect(answer).not_to_contain_text(re.compile(r"^- ", re.MULTILINE))


def test_what_stands_between_stars_is_bold(chat: Chat) -> None:
    answer = chat.open().ask("I have a fever and there is pus coming out of my cheek")
    expect(answer.get_by_text("Please get this looked at today, right away.")).to_have_css(
        "font-weight", "700"
    )
    expect(answer).not_to_contain_text("**")


def test_where_the_articles_differ_a_mark_says_so(chat: Chat) -> None:
    chat.open()
    marked, plain = chat.ask("When can I wear make-up again?"), chat.ask("Can I touch my face?")
    expect(marked.get_by_text("Sources differ", exact=True)).to_be_visible()
    expect(plain.get_by_text("Sources differ", exact=True)).to_have_count(0)


def test_a_person_is_always_within_reach(chat: Chat) -> None:
    chat.open().button("Talk to a person").click()
    expect(chat.answer_after(0)).to_contain_text("That's one for our team.")


def test_thumbs_are_kept_and_can_be_turned(chat: Chat) -> None:
    answer = chat.open().ask("Does it hurt?")
    up, down = (answer.get_by_role("button", name=name) for name in ("This helped", "This did not help"))
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")


def test_who_was_not_helped_may_say_what_was_missing(chat: Chat) -> None:
    answer = chat.open().ask("Does it hurt?")
    answer.get_by_role("button", name="This did not help").click()
    answer.get_by_role("textbox", name="What was missing? (optional)").fill("How much it hurts on the lips.")
    with chat.page.expect_response(re.compile("/webhooks/website/feedback")) as sent:
        answer.get_by_role("button", name="Send comment").click()
    assert sent.value.status == 204
