"""The examples of docs/embedding.md work as written."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite
from tests.servers import ROOT

GUIDE = (ROOT / "docs" / "embedding.md").read_text("utf-8")
SETTINGS = (ROOT / "widget" / "src" / "settings.ts").read_text("utf-8")
ADDRESS = "https://bot.example.org"


def examples(language: str) -> list[str]:
    """The blocks of code in that language."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return [code for name, code in blocks if name == language]


def from_wordpress() -> str:
    """The HTML that the snippet writes: what stands outside of PHP's marks."""
    (snippet,) = examples("php")
    (written,) = re.findall(r"\?>(.*?)<\?php", snippet, re.DOTALL)
    return str(written)


_TAG, _ELEMENT, _TAG_MANAGER, _OPTIMISER = examples("html")
HTML = {"tag": _TAG, "element": _ELEMENT, "WordPress": from_wordpress(), "optimiser": _OPTIMISER}


@pytest.mark.parametrize("example", HTML)
def test_an_example_puts_a_chat_on_a_page_that_answers(
    example: str, new_context: Callable[..., BrowserContext], host: HostSite, proxy: MoodyProxy
) -> None:
    host.own = HTML[example].replace(ADDRESS, proxy.origin)
    page = new_context().new_page()
    page.goto(host.address("own"))
    chat = Chat(page).open()
    expect(page.get_by_role("dialog", name="Ask us about microneedling")).to_be_visible()
    chat.ask("Does it hurt?")
    expect(chat.questions).to_have_count(1)


def test_the_example_for_tag_managers_puts_a_chat_on_a_page_that_answers(
    new_context: Callable[..., BrowserContext], host: HostSite, proxy: MoodyProxy
) -> None:
    host.own = _TAG_MANAGER.replace(ADDRESS, proxy.origin)
    page = new_context().new_page()
    page.goto(host.address("own-unrestricted"))
    chat = Chat(page).open()
    expect(page.get_by_role("dialog", name="Ask us about microneedling")).to_be_visible()
    chat.ask("Does it hurt?")


def test_the_policy_of_the_guide_is_the_one_that_the_tests_use(host: HostSite, proxy: MoodyProxy) -> None:
    (directives,) = [block for block in examples("") if "script-src" in block]
    for directive in directives.split(";"):
        wanted = " ".join(directive.replace(ADDRESS, proxy.origin).split())
        assert wanted in host.policy()
    own = {"default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'"}
    named = {" ".join(directive.split()) for directive in host.policy().split(";")}
    assert len(named - own) == 2


def test_the_trusted_types_of_the_guide_are_those_of_the_page_that_enforces_them(host: HostSite) -> None:
    (directives,) = [block for block in examples("") if "trusted-types" in block]
    assert host.policy("trusted") == f"{host.policy()}; {' '.join(directives.split())}"


def test_every_setting_is_explained_and_nothing_else() -> None:
    (listed,) = re.findall(r"ATTRIBUTES = \[(.*?)\]", SETTINGS, re.DOTALL)
    names = set(re.findall(r"'([\w-]+)'", listed))
    assert set(re.findall(r"^\| `data-[\w-]+` \| `([\w-]+)` \|", GUIDE, re.MULTILINE)) == names
