"""The page at /: complete, of one piece, and safe to show whatever was said."""

from __future__ import annotations

import re
import shutil
import subprocess

import httpx
import pytest

from tests.servers import ROOT, RunningAssistant

PAGE = ROOT / "channels" / "website" / "page"
FILES = {
    "/": "text/html; charset=utf-8",
    "/chat.css": "text/css; charset=utf-8",
    "/chat.js": "text/javascript; charset=utf-8",
    "/icon.svg": "image/svg+xml",
}


@pytest.mark.parametrize(("path", "content_type"), FILES.items())
def test_the_page_and_its_files_are_there(standin: RunningAssistant, path: str, content_type: str) -> None:
    for method in ("GET", "HEAD"):
        answer = httpx.request(method, standin.base_url + path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
        assert answer.headers["content-security-policy"].startswith("default-src 'self'; ")


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


def test_the_page_needs_nothing_from_elsewhere_and_nothing_inline() -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"<style|style=|\son\w+=|https?://", html)
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL) == [""]
    assert not re.search(r"https?://|@import", (PAGE / "chat.css").read_text("utf-8"))


def test_nothing_that_was_said_is_ever_read_as_html() -> None:
    script = (PAGE / "chat.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|Function\(", script
    )


def test_everything_that_the_script_looks_for_is_on_the_page() -> None:
    html, script = ((PAGE / name).read_text("utf-8") for name in ("index.html", "chat.js"))
    wanted = set(re.findall(r'\bel\("(\w+)"\)', script))
    assert len(wanted) >= 8
    assert wanted <= set(re.findall(r'\bid="([\w-]+)"', html))


def test_the_page_says_that_it_is_no_medical_advice() -> None:
    assert "General information, not medical advice." in (PAGE / "index.html").read_text("utf-8")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not there to read the script")
def test_the_script_can_be_read() -> None:
    checked = subprocess.run(["node", "--check", str(PAGE / "chat.js")], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
