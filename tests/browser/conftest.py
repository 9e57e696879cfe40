"""Fixtures: one browser, one assistant and one website of another origin for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser.chat import ZONE, Chat
from tests.browser.observer import Watch
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite
from tests.servers import ROOT, RunningActions, RunningAssistant

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]
TIMEOUT = 10_000  # milliseconds; on a busy machine everything takes longer
SESSION_KEY = "a key that only these tests know, long enough"

NewChat = Callable[..., Chat]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For this folder alone: while it runs, nothing else in this thread can have an event loop."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: install Debian's chromium")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS) as running:
        yield running


@pytest.fixture(scope="package")
def host() -> Iterator[HostSite]:
    """The website that embeds the widget."""
    site = HostSite()
    yield site
    site.stop()


@pytest.fixture(scope="package")
def embedded(
    browser: Browser, host: HostSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningAssistant]:
    """The real assistant with the trained model, which lets that website in."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    if not (ROOT / "widget" / "dist" / "widget.js").exists():
        pytest.skip("the widget is not built: run `make widget` first")
    folder = tmp_path_factory.mktemp("embedded")
    actions = RunningActions(folder / "actions.log")
    settings = {
        "ACTION_PORT": str(actions.port),
        "ALLOWED_ORIGINS": host.origin,
        "SESSION_KEY": SESSION_KEY,
    }
    server = RunningAssistant(ROOT, folder / "state", folder / "server.log", **settings)
    yield server
    server.stop()
    actions.stop()


@pytest.fixture(scope="package")
def shared_proxy(embedded: RunningAssistant, host: HostSite) -> Iterator[MoodyProxy]:
    """Proxy between every browser and the assistant."""
    proxy = MoodyProxy(embedded.base_url)
    host.server = proxy.origin
    yield proxy
    proxy.stop()


@pytest.fixture
def proxy(shared_proxy: MoodyProxy) -> Iterator[MoodyProxy]:
    """The same, calm before and after each test."""
    shared_proxy.calm()
    yield shared_proxy
    shared_proxy.calm()


@pytest.fixture
def watch(host: HostSite, proxy: MoodyProxy) -> Iterator[Watch]:
    """Sees to it that no page of the test calls strangers, breaks the policy or throws."""
    watching = Watch({host.origin, proxy.origin, proxy.target})
    yield watching
    watching.complain()


@pytest.fixture
def new_context(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a fresh profile, for one person at one device."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        given = {
            "timezone_id": ZONE,
            "locale": "en-GB",
            "viewport": {"width": 1280, "height": 800},
        }
        context = browser.new_context(**{**given, **options})  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT)
        watch.over(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_chat(new_context: Callable[..., BrowserContext], host: HostSite) -> NewChat:
    """A page of the website, in a fresh profile. `attributes` are the tag's; `options` are the browser's."""

    def make(embedding: str = "tag", options: dict[str, object] | None = None, **attributes: str) -> Chat:
        page = new_context(**(options or {})).new_page()
        page.goto(host.address(embedding, **attributes))
        return Chat(page)

    return make


@pytest.fixture
def chat(new_chat: NewChat) -> Chat:
    """Somebody on the website, at a desk, who hasn't opened the chat yet."""
    return new_chat()
