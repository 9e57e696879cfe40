"""The widget's files: cross-origin, compressed, cacheable and small."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest

from assistant.channels.website.static_routes import BUILT
from tests.servers import RunningAssistant

if not (BUILT / "widget.js").exists():
    pytest.skip("the widget is not built: run `make widget`", allow_module_level=True)

[PANEL] = (BUILT / "assets").glob("panel-*.js")  # beside what it loads on first use
SCRIPT_LIMIT, ALL_LIMIT = 6 * 1024, 25 * 1024  # bytes, gzip
PATHS = ["/widget.js", f"/widget/{PANEL.name}"]
SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|srcdoc|document\.write|DOMParser"
    r"|\beval\(|\bFunction\("
)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_another_origin_can_load_it(standin: RunningAssistant, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = httpx.request(method, standin.base_url + path, headers={"Origin": "https://clinic.example"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("accepted", "is_packed"), [("gzip, br", True), ("GZIP;q=0.5", True), ("gzip;q=0", False), ("", False)]
)
def test_it_comes_packed_to_those_who_can_unpack_it(
    standin: RunningAssistant, path: str, accepted: str, is_packed: bool
) -> None:
    with httpx.stream("GET", standin.base_url + path, headers={"Accept-Encoding": accepted}) as answer:
        content = b"".join(answer.iter_raw())
    assert (answer.headers.get("content-encoding") == "gzip") is is_packed
    assert "accept-encoding" in answer.headers["vary"].lower()
    on_disk = BUILT / "widget.js" if path == "/widget.js" else PANEL
    assert (gzip.decompress(content) if is_packed else content) == on_disk.read_bytes()


def test_the_script_is_asked_for_again_and_the_rest_never(standin: RunningAssistant) -> None:
    script = httpx.get(standin.base_url + "/widget.js")
    assert script.headers["cache-control"] == "public, max-age=300"
    again = httpx.get(standin.base_url + "/widget.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = httpx.get(standin.base_url + "/widget.js", headers={"If-None-Match": 'W/"another"'})
    assert other.status_code == 200
    panel = httpx.get(f"{standin.base_url}/widget/{PANEL.name}")
    assert panel.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert PANEL.name.encode() in script.content


def test_it_is_light() -> None:
    script, panel = ((BUILT / f"{path}.gz").read_bytes() for path in ("widget.js", f"assets/{PANEL.name}"))
    assert len(script) <= SCRIPT_LIMIT
    assert len(script) + len(panel) <= ALL_LIMIT


def test_nothing_else_of_the_build_is_served(standin: RunningAssistant) -> None:
    for path in ("/widget/", "/widget/widget.js", "/widget/.stamp", "/widget/%2e%2e/widget.js"):
        assert httpx.get(standin.base_url + path).status_code == 404


def test_nothing_is_put_on_the_page_as_html() -> None:
    built = "".join(path.read_text("utf-8") for path in BUILT.rglob("*.js"))
    assert not SINKS.search(built)
