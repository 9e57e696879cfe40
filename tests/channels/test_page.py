"""The demo page at / is complete and self-contained."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.servers import ROOT, RunningAssistant

PAGE = ROOT / "assistant" / "channels" / "website" / "page"
FILES = {
    "/": "text/html; charset=utf-8",
    "/icon.svg": "image/svg+xml",
    "/page/clinic.css": "text/css; charset=utf-8",
    "/page/sections.css": "text/css; charset=utf-8",
    "/page/clinic.js": "text/javascript; charset=utf-8",
    "/page/fraunces.woff2": "font/woff2",
    "/page/figtree.woff2": "font/woff2",
}


@pytest.mark.parametrize(("path", "content_type"), FILES.items())
def test_the_page_and_its_files_are_there(standin: RunningAssistant, path: str, content_type: str) -> None:
    for method in ("GET", "HEAD"):
        answer = httpx.request(method, standin.base_url + path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/health/live", "/webhooks/website/messages", "/webhooks/website/openapi.json"]
)
def test_every_answer_carries_the_protective_headers(standin: RunningAssistant, path: str) -> None:
    headers = httpx.get(standin.base_url + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == ("no-cache" if path == "/" else "no-store")
    assert "server" not in headers


def test_the_policy_allows_nothing_inline_and_nobody_else(standin: RunningAssistant) -> None:
    policy = httpx.get(standin.base_url).headers["content-security-policy"]
    assert not re.search(r"unsafe|https?:|data:|\*", policy)


def test_the_page_needs_nothing_from_elsewhere_and_nothing_inline() -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    assert set(re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)) == {""}
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    for name in ("clinic.css", "sections.css"):
        assert not re.search(r"https?://|@import", (PAGE / name).read_text("utf-8"))


def test_everything_that_the_page_loads_is_served() -> None:
    sources = "".join(
        (PAGE / name).read_text("utf-8") for name in ("index.html", "clinic.css", "sections.css")
    )
    loaded = set(re.findall(r'(?:src|href|url\()="?(/[\w./-]+)', sources)) - {"/widget.js"}
    loaded |= set(re.findall(r'url\("(/[^"]+)"\)', sources))
    assert loaded == set(FILES) - {"/"}


def test_the_widget_is_on_it_by_the_one_tag() -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    assert len(re.findall(r'<script src="/widget.js" async[^>]*></script>', html)) == 1


def test_everything_that_its_script_looks_for_is_on_the_page() -> None:
    html, script = ((PAGE / name).read_text("utf-8") for name in ("index.html", "clinic.js"))
    wanted = set(re.findall(r'getElementById\("(\w+)"\)', script)) | set(
        re.findall(r'data-copies="(\w+)"', html)
    )
    assert len(wanted) == 4
    assert wanted <= set(re.findall(r'\bid="([\w-]+)"', html))


def test_the_page_says_that_it_is_no_medical_advice_and_no_real_clinic() -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    assert "General information, not medical advice." in html
    assert "This clinic is invented." in html
