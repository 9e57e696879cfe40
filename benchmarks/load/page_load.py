"""Costs of the widget on a website's page: main-thread time of its tag, and opening it.

What it loads and how it shifts the page are tested (tests/browser/test_load_cost.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from benchmarks.run import Run, Section, say, table, yes_or_no
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
_NOTE_CLICK = (
    "window.addEventListener('click', () => { window.clicked = performance.now(); }, { capture: true });"
)
_NOTE = (
    "Medians of {visits} visits, each in a fresh profile of Debian's Chromium on this machine: no network lies "
    "between. Main thread: processor time of the renderer's main thread until 0.8 s after loading, less that of the "
    "page alone. Opening: from the press to a field that can be typed in. The page has another origin than the "
    "assistant, which really runs. Kilobytes and layout shift are tested (tests/browser/test_load_cost.py)."
)


def measure(run: Run) -> Section:
    """Visit a page with and without the widget; needs Chromium, the built widget and a trained model."""
    if not CHROMIUM.exists():
        raise RuntimeError(f"no browser at {CHROMIUM}: install Debian's chromium")
    folder, project = run.scratch / "page", copy_project(run.scratch / "loading")
    folder.mkdir()
    with _website(folder) as site, serving(project, present_assistant(), {"ALLOWED_ORIGINS": site}) as server:
        (folder / _ALONE).write_text(_PAGE.format(tag=""), "utf-8")
        tag = f'<script src="{server.base_url}/widget.js" async></script>'
        (folder / _WITH_WIDGET).write_text(_PAGE.format(tag=tag), "utf-8")
        busy, opening = _visits(site, run.size.page_visits)
    body, complaints = report(busy, opening)
    return Section("Loading the widget", f"{body}\n\n{_NOTE.format(visits=run.size.page_visits)}", complaints)


def report(busy: Sequence[float], opening: Sequence[float]) -> tuple[str, tuple[str, ...]]:
    """Return the table and a complaint for each missed target; both are milliseconds of the visits."""
    figures = (("the tag's main thread", median(busy), 50), ("press to usable field", median(opening), 500))
    rows = [
        (name, f"{value:.0f} ms", f"< {most} ms", yes_or_no(value < most)) for name, value, most in figures
    ]
    missed = (f"{name} of the widget: not under {most} ms" for name, value, most in figures if value >= most)
    return table(["", "this widget", "wanted", "reached"], rows), tuple(missed)


def _visits(site: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return the main-thread times of the tag alone, and the times of opening; a first round does not count."""
    busy, opening = [], []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS) as browser,
    ):
        for number in range(rounds + 1):
            say(f"visits, round {number} …")
            alone, _ = _visit(browser, f"{site}/{_ALONE}")
            with_tag, opened = _visit(browser, f"{site}/{_WITH_WIDGET}", opens=True)
            busy.append(with_tag - alone)
            opening.append(opened)
    return busy[1:], opening[1:]


def _visit(browser: Browser, address: str, opens: bool = False) -> tuple[float, float]:
    """Return main-thread time and the time of opening in a fresh profile with an empty cache."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(_NOTE_CLICK)
        wire = context.new_cdp_session(page)
        # processor time, so that other load on the machine does not matter
        wire.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address, wait_until="load")
        page.wait_for_timeout(_CALM)
        metrics = {each["name"]: each["value"] for each in wire.send("Performance.getMetrics")["metrics"]}
        if opens:
            page.locator("microneedling-chat button").first.click()
            page.locator("microneedling-chat textarea").wait_for(state="visible")
        took = page.evaluate("performance.now() - (window.clicked ?? 0)")
        return float(metrics["TaskDuration"]) * 1000, float(took)


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
