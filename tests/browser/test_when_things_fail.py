"""Network and server failures: nothing is sent twice, nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import TIMEOUT
from tests.fakes.flaky_proxy import MoodyProxy, Refusal

WAITS = "Waiting for a connection. It will be sent by itself."


def test_without_a_network_a_message_waits_and_is_sent_once_when_it_is_back(
    chat: Chat, proxy: MoodyProxy
) -> None:
    chat.open().ask("Does it hurt?")
    chat.page.context.set_offline(True)
    chat.type("How long will my skin stay red?")
    expect(chat.questions.last).to_contain_text(WAITS)
    assert len(proxy.sent) == 1
    chat.page.context.set_offline(False)
    expect(chat.answers).to_have_count(2)
    expect(chat.questions.last).not_to_contain_text(WAITS)
    assert [message["text"] for message in proxy.sent] == ["Does it hurt?", "How long will my skin stay red?"]


def test_a_message_that_waits_survives_a_reload(chat: Chat, proxy: MoodyProxy) -> None:
    chat.open().ask("Does it hurt?")
    chat.page.context.set_offline(True)
    chat.type("How long will my skin stay red?")
    expect(chat.questions.last).to_contain_text(WAITS)
    chat.page.context.set_offline(False)
    chat.reload()
    expect(chat.questions).to_have_count(2)
    expect(chat.answers).to_have_count(2)


@pytest.mark.parametrize("refusal", [Refusal(500), Refusal(503, retry_after=1), Refusal(502, readable=False)])
def test_when_the_server_fails_a_sentence_says_so_and_a_second_try_is_answered(
    chat: Chat, proxy: MoodyProxy, refusal: Refusal
) -> None:
    proxy.mood.refusals = [refusal]
    chat.open().type("Does it hurt?")
    expect(chat.trouble).to_be_visible()
    expect(chat.trouble).not_to_contain_text(re.compile(r"50\d|error|Refused"))
    chat.button("Try again").click()
    expect(chat.answers).to_have_count(1)
    expect(chat.trouble).to_have_count(0)
    expect(chat.questions).to_have_count(1)
    assert len({message["id"] for message in proxy.sent}) == 1


def test_who_is_too_fast_is_told_when_to_try_again(chat: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.refusals = [Refusal(429, retry_after=2)]
    chat.open().type("Does it hurt?")
    expect(chat.trouble).to_contain_text("That was a little too fast")
    expect(chat.log).to_contain_text(re.compile(r"Trying again in \d s"))
    expect(chat.answers).to_have_count(1)
    expect(chat.trouble).to_have_count(0)
    assert len({message["id"] for message in proxy.sent}) == 1


def test_an_answer_that_got_lost_is_fetched_and_the_message_counts_once(
    chat: Chat, proxy: MoodyProxy
) -> None:
    proxy.mood.lost_answers = 1
    chat.open().type("Does it hurt?")
    expect(chat.answers).to_have_count(1, timeout=TIMEOUT)
    assert len(proxy.sent) == 2
    chat.reload()
    expect(chat.questions).to_have_count(1)
    expect(chat.answers).to_have_count(1)


def test_an_impatient_person_gets_each_answer_once(chat: Chat, proxy: MoodyProxy) -> None:
    proxy.mood.slowness = 0.5
    chat.open().field.fill("Does it hurt?")
    for _ in range(3):
        chat.field.press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.questions).to_have_count(1)
    assert len(proxy.sent) == 1
