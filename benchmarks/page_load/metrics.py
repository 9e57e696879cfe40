"""Measures all chats in turn and repeatedly, so that drift favours none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.nlu_quality import present_assistant
from benchmarks.page_load.baselines import NOTHING, OURS, embeddings
from benchmarks.page_load.browser import Visit, browsing, visit
from benchmarks.page_load.packages import install
from benchmarks.page_load.site import Site, served
from benchmarks.progress import say
from benchmarks.projects import copy_project
from benchmarks.run import Run, Section
from benchmarks.servers import serving
from benchmarks.tables import table, yes_or_no
from benchmarks.visitors import WebsiteVisitor

Visits = Mapping[str, Sequence[Visit]]
_NOTE = (
    "Medians of {rounds} visits each, in turn, each in a fresh profile of Debian's Chromium on this machine: no "
    "network lies between. Kilobytes (1,024 bytes) as on the wire, compressed with gzip, headers included. Main "
    "thread: processor time of the renderer's main thread until 0.8 s after loading, less that of the page alone "
    "({alone:.0f} ms). Opening: from the press to the first frame in which the field is there and can be typed in. "
    "Layout shift: the largest of all visits, the opening included. This widget is on a page of another origin than "
    "the assistant, which really runs; rasa-webchat is connected to a small Socket.IO server that confirms its "
    "session; deep-chat has no launcher, so the page has a button that adds the element, its script being loaded "
    "with the page."
)


def measure(run: Run) -> Section:
    """Measure all chats; needs Chromium, npm and a trained model."""
    files = install(run.kept / "loading")
    project = copy_project(run.scratch / "loading")
    with served(files) as site:
        model = present_assistant()
        with serving(project, model, WebsiteVisitor, ALLOWED_ORIGINS=site.host) as server:
            visits = _visit_all(site, server.base_url, run.size.page_visits)
    return Section(
        "Loading the widget",
        f"{figures(visits)}\n\n{_targets(visits)}\n\n{_note(visits)}",
        complaints(visits),
    )


def _visit_all(site: Site, assistant: str, rounds: int) -> Visits:
    contenders = (NOTHING, *embeddings(assistant, site.others))
    site.pages = {f"/page-{number}": each for number, each in enumerate(contenders)}
    visits: dict[str, list[Visit]] = {each.name: [] for each in contenders}
    with browsing() as browser:
        for number in range(rounds + 1):
            say(f"visits, round {number} …" if number else "visits, a first round that does not count …")
            for path, embedding in site.pages.items():
                seen = visit(browser, site.host + path, embedding)
                if number:
                    visits[embedding.name].append(seen)
    return visits


def figures(visits: Visits) -> str:
    """Return a table with one row per chat."""
    head = ["", "tag", "main thread", "opening loads", "press to usable field", "layout shift"]
    rows = [_row(name, each, _alone(visits)) for name, each in visits.items() if name != NOTHING.name]
    return table(head, rows)


def _row(name: str, visits: Sequence[Visit], alone: float) -> list[object]:
    return [
        name,
        _kilobytes(median(each.tag_bytes for each in visits)),
        f"{median(each.tag_milliseconds for each in visits) - alone:.0f} ms",
        _kilobytes(median(each.open_bytes for each in visits)),
        f"{median(each.open_milliseconds for each in visits):.0f} ms",
        f"{max(each.shift for each in visits):.3f}",
    ]


def _targets(visits: Visits) -> str:
    rows = [[what, wanted, yes_or_no(reached)] for what, wanted, reached in _wanted(visits)]
    return table(["this widget", "wanted", "reached"], rows)


def _wanted(visits: Visits) -> list[tuple[str, str, bool]]:
    ours = visits[OURS]
    busy = median(each.tag_milliseconds for each in ours) - _alone(visits)
    return [
        ("the tag's bytes", "≤ 6 KB", median(each.tag_bytes for each in ours) <= 6 * 1024),
        ("the tag's main thread", "< 50 ms", busy < 50),
        ("all that opening loads", "≤ 25 KB", median(each.loaded_bytes for each in ours) <= 25 * 1024),
        ("press to usable field", "< 500 ms", median(each.open_milliseconds for each in ours) < 500),
        ("layout shift", "0", max(each.shift for each in ours) == 0),
    ]


def complaints(visits: Visits) -> tuple[str, ...]:
    """Return one complaint for each target that our widget misses."""
    return tuple(
        f"{what} of the widget: not {wanted}" for what, wanted, reached in _wanted(visits) if not reached
    )


def _note(visits: Visits) -> str:
    return _NOTE.format(rounds=len(visits[OURS]), alone=_alone(visits))


def _alone(visits: Visits) -> float:
    return median(each.tag_milliseconds for each in visits[NOTHING.name])


def _kilobytes(count: float) -> str:
    return f"{count / 1024:.1f} KB"
