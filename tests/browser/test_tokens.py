"""An expired session is replaced without losing the conversation on the screen."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

import pytest
from itsdangerous import TimestampSigner
from playwright.sync_api import Page, expect

from assistant.server.http.sessions import LIFETIME, Sessions
from tests.browser.chat import Chat
from tests.browser.conftest import SESSION_KEY
from tests.fakes.flaky_proxy import MoodyProxy
from tests.servers import Visitor

# Wherever the page keeps its token: it is what the server signed, three parts with dots between.
_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}")
_PUT = """([old, replacement]) => {
  for (const [key, value] of Object.entries(localStorage)) {
    localStorage.setItem(key, value.replaceAll(old, replacement));
  }
}"""


def expired() -> str:
    """Made with the server's own key, a day too long ago."""
    moment = int((datetime.now(timezone.utc) - LIFETIME - timedelta(days=1)).timestamp())
    with patch.object(TimestampSigner, "get_timestamp", return_value=moment):
        token, _ = Sessions(SESSION_KEY.encode()).open()
    return token


def forged() -> str:
    """Made with a key that isn't the server's."""
    token, _ = Sessions(b"a key that somebody has made up for the purpose").open()
    return token


def kept_token(page: Page) -> str:
    """The page's own."""
    (token,) = set(_TOKEN.findall(page.evaluate("() => JSON.stringify(localStorage)")))
    return str(token)


def swap_token(page: Page, token: str) -> None:
    """The page finds this one where it kept its own."""
    page.evaluate(_PUT, [kept_token(page), token])
    assert token in page.evaluate("() => JSON.stringify(localStorage)")


@pytest.mark.parametrize("token", [expired(), forged(), "nonsense"], ids=["expired", "forged", "nonsense"])
def test_a_token_that_is_worth_nothing_begins_a_new_conversation(chat: Chat, token: str) -> None:
    chat.open().ask("Does it hurt?")
    swap_token(chat.page, token)
    chat.reload()
    expect(chat.questions).to_have_count(0)
    chat.ask("How long will my skin stay red?")
    expect(chat.questions).to_have_count(1)


def test_a_session_that_ends_meanwhile_loses_nothing_on_the_screen(chat: Chat, proxy: MoodyProxy) -> None:
    chat.open().ask("Does it hurt?")
    Visitor(proxy.target, token=kept_token(chat.page)).erase()
    chat.type("How long will my skin stay red?")
    expect(chat.answers).to_have_count(2)
    expect(chat.questions).to_have_count(2)
    expect(chat.log).to_contain_text("A new conversation starts here.")
