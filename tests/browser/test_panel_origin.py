"""The panel's script comes from beside widget.js, whatever the markup says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Request

from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite

EVIL = "export function createPanel(){ window.ran = true; return {show(){}, hide(){}, stop(){}}; }"


@pytest.mark.parametrize(
    "server",
    [
        "data:text/javascript," + EVIL + "//",
        "https://evil.example",
        "//evil.example",
        "javascript:0",
        "blob:x",
    ],
)
def test_no_attribute_brings_a_script_from_elsewhere(
    new_context: Callable[..., BrowserContext], host: HostSite, proxy: MoodyProxy, server: str
) -> None:
    page = new_context().new_page()
    scripts: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "script":
            scripts.append(request.url)

    page.on("request", note)
    page.route(
        "https://evil.example/**", lambda route: route.fulfill(body=EVIL, content_type="text/javascript")
    )
    page.goto(host.address("tag"))
    page.evaluate(
        "server => document.querySelector('microneedling-chat').setAttribute('server', server)", server
    )
    page.evaluate("() => void document.querySelector('microneedling-chat').show()")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(e => e.name.includes('panel'))"
    )
    assert page.evaluate("() => window.ran") is None
    assert all(url.startswith((proxy.origin, host.origin)) for url in scripts)
