"""Measures a page visit in Debian's Chromium: transferred bytes, main-thread time and layout shift."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.page_load.baselines import Embedding

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
_CALM = 800  # milliseconds after loading in which scripts may still work
_PATIENCE = 20_000  # milliseconds
_WATCH = """
window.shifts = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifts += entry.value; }))
  .observe({ type: 'layout-shift', buffered: true });
window.find = selector => {
  let roots = [document];
  for (const part of selector.split(' ')) {
    const found = roots.flatMap(root => [...deep(root)]).find(node => node.matches(part));
    if (!found) return null;
    roots = found.shadowRoot ? [found.shadowRoot] : [found];
    if (part === selector.split(' ').at(-1)) return found;
  }
};
function* deep(root) {
  for (const node of root.querySelectorAll('*')) {
    yield node;
    if (node.shadowRoot) yield* deep(node.shadowRoot);
  }
}
window.usable = node => Boolean(node && !node.disabled && node.contentEditable !== 'false' && node.checkVisibility());
"""
_CENTRE = """selector => {
  const box = window.find(selector).getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
_TIME = """field => {
  window.opened = new Promise(done => window.addEventListener('click', () => {
    const since = performance.now();
    const look = () => usable(find(field)) ? done(performance.now() - since) : requestAnimationFrame(look);
    look();
  }, { once: true, capture: true }));
}"""


@dataclass(frozen=True)
class Visit:
    """Figures of one visit. Bytes are as transferred, headers included, without the page itself."""

    tag_bytes: int
    tag_milliseconds: float
    """Main-thread time, including that of the bare page."""
    shift: float
    """Cumulative layout shift until the chat was open."""
    open_bytes: int = 0
    open_milliseconds: float = 0.0
    """Time from the click to a usable input field."""

    @property
    def loaded_bytes(self) -> int:
        """Return the bytes transferred up to an open chat."""
        return self.tag_bytes + self.open_bytes


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a headless browser."""
    if not CHROMIUM.exists():
        raise RuntimeError(f"no browser at {CHROMIUM}: install Debian's chromium")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS) as browser,
    ):
        yield browser


def visit(browser: Browser, address: str, embedding: Embedding) -> Visit:
    """Visit a page in a fresh profile with an empty cache."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        wire = context.new_cdp_session(page)
        counted = _count_bytes(wire, address)
        page.goto(address, wait_until="load")
        if embedding.launcher:
            page.wait_for_function(
                "selector => window.find(selector)", arg=embedding.launcher, timeout=_PATIENCE
            )
        page.wait_for_timeout(_CALM)
        tag_bytes, busy = sum(counted), _busy(wire)
        took = _open(page, embedding) if embedding.launcher else 0.0
        page.wait_for_timeout(_CALM)
        return Visit(tag_bytes, busy, page.evaluate("window.shifts"), sum(counted) - tag_bytes, took)


def _open(page: Page, embedding: Embedding) -> float:
    page.evaluate(_TIME, embedding.field)
    x, y = page.evaluate(_CENTRE, embedding.launcher)
    page.mouse.click(x, y)
    took: float = page.evaluate("window.opened")
    return took


def _count_bytes(wire: CDPSession, address: str) -> list[int]:
    """Return a list that grows by the size of each response while the page loads."""
    counted: list[int] = []
    own: set[str] = set()

    def request(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith((address, "data:")):
            own.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] not in own:
            counted.append(int(event["encodedDataLength"]))

    wire.on("Network.requestWillBeSent", request)
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.enable")
    # CPU time, so that other load on the machine does not matter
    wire.send("Performance.enable", {"timeDomain": "threadTicks"})
    return counted


def _busy(wire: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in wire.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000
