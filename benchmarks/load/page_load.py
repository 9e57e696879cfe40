"""Costs of the widget's tag on a website's page: transferred bytes, main-thread time and layout shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from benchmarks.report import say, table, yes_or_no
from benchmarks.run import Run, Section
from testbed.processes import serving
from testbed.projects import copy_project, present_assistant

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
_CALM = 800  # milliseconds after loading in which scripts may still work
_ALONE, _WITH_WIDGET = "alone.html", "widget.html"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A website</title><link rel="icon" href="data:,"></head>
<body><h1>A website</h1><p>With some text on it.</p>{tag}</body></html>
"""
_WATCH = """
window.shifts = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifts += entry.value; }))
  .observe({ type: 'layout-shift', buffered: true });
window.addEventListener('click', () => { window.clicked = performance.now(); }, { capture: true });
"""
_NOTE = (
    "Medians of {visits} visits, each in a fresh profile of Debian's Chromium on this machine: no network lies "
    "between. Kilobytes (1,024 bytes) as on the wire, compressed with gzip, headers included. Main thread: processor "
    "time of the renderer's main thread until 0.8 s after loading, less that of the page alone ({alone:.0f} ms). "
    "Opening: from the press to a field that can be typed in. Layout shift: the largest of all visits, the opening "
    "included. The page has another origin than the assistant, which really runs."
)


@dataclass(frozen=True)
class Visit:
    """Figures of one visit. Bytes are as transferred, headers included, without the page itself."""

    tag_bytes: int
    busy: float
    """Main-thread time in milliseconds."""
    shift: float = 0.0
    """Cumulative layout shift until the chat was open."""
    loaded_bytes: int = 0
    """Bytes up to an open chat."""
    open_milliseconds: float = 0.0
    """Time from the click to a usable input field."""


@dataclass(frozen=True)
class Figure:
    """One row of the table, with its target."""

    label: str
    pick: Callable[[Visit], float]
    form: str
    most: float
    of_visits: Callable[[Sequence[float]], float] = median


FIGURES = (
    Figure("the tag's kilobytes", lambda visit: visit.tag_bytes / 1024, "{:.1f} KB", 6),
    Figure("the tag's main thread", lambda visit: visit.busy, "{:.0f} ms", 50),
    Figure("all that opening loads", lambda visit: visit.loaded_bytes / 1024, "{:.1f} KB", 25),
    Figure("press to usable field", lambda visit: visit.open_milliseconds, "{:.0f} ms", 500),
    Figure("layout shift", lambda visit: visit.shift, "{:.3f}", 0, of_visits=max),
)


def measure(run: Run) -> Section:
    """Visit a page with and without the widget; needs Chromium and a trained model."""
    folder, project = run.scratch / "page", copy_project(run.scratch / "loading")
    folder.mkdir()
    with _website(folder) as site, serving(project, present_assistant(), {"ALLOWED_ORIGINS": site}) as server:
        (folder / _ALONE).write_text(_PAGE.format(tag=""), "utf-8")
        tag = f'<script src="{server.base_url}/widget.js" async></script>'
        (folder / _WITH_WIDGET).write_text(_PAGE.format(tag=tag), "utf-8")
        alone, visits = _visit_both(site, run.size.page_visits)
    body, complaints = report(visits)
    note = _NOTE.format(visits=len(visits), alone=alone)
    return Section("Loading the widget", f"{body}\n\n{note}", complaints)


def report(visits: Sequence[Visit]) -> tuple[str, tuple[str, ...]]:
    """Return the table and a complaint for each missed target."""
    rows, complaints = [], []
    for figure in FIGURES:
        value = figure.of_visits([figure.pick(visit) for visit in visits])
        wanted = f"≤ {figure.form.format(figure.most)}"
        rows.append([figure.label, figure.form.format(value), wanted, yes_or_no(value <= figure.most)])
        if value > figure.most:
            complaints.append(f"{figure.label} of the widget: not {wanted}")
    return table(["", "this widget", "wanted", "reached"], rows), tuple(complaints)


def _visit_both(site: str, rounds: int) -> tuple[float, list[Visit]]:
    """Return the main-thread time of the page alone, and visits with the widget, whose times are without it."""
    if not CHROMIUM.exists():
        raise RuntimeError(f"no browser at {CHROMIUM}: install Debian's chromium")
    alone, visits = [], []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS) as browser,
    ):
        for number in range(rounds + 1):  # the first round does not count
            say(f"visits, round {number} …")
            alone.append(_visit(browser, f"{site}/{_ALONE}", opens=False))
            visits.append(_visit(browser, f"{site}/{_WITH_WIDGET}"))
    busy = median(each.busy for each in alone[1:])
    return busy, [replace(each, busy=each.busy - busy) for each in visits[1:]]


def _visit(browser: Browser, address: str, opens: bool = True) -> Visit:
    """Visit a page in a fresh profile with an empty cache."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        wire = context.new_cdp_session(page)
        counted = _count_bytes(wire, address)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(_CALM)
        tag_bytes, busy = sum(counted), _busy(wire)
        if not opens:
            return Visit(tag_bytes, busy)
        page.locator("microneedling-chat button").first.click()
        page.locator("microneedling-chat textarea").wait_for(state="visible")
        took: float = page.evaluate("performance.now() - window.clicked")
        page.wait_for_timeout(_CALM)
        return Visit(tag_bytes, busy, page.evaluate("window.shifts"), sum(counted), took)


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


@contextmanager
def _website(folder: Path) -> Iterator[str]:
    """Serve the folder on a free port of the loopback address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""
