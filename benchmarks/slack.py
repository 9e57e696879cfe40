"""Slack benchmark: a burst of events through the tests' fake Slack."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import yaml

from benchmarks.progress import say
from benchmarks.request_loop import percentile
from benchmarks.run import ROOT, Run, Section
from benchmarks.tables import table, yes_or_no
from tests.fakes.slack import BOT_TOKEN, SIGNING_SECRET, FakeSlack
from tests.fakes.slack.load import CUT_SECONDS, DUPLICATES, FAILING, RETRIES, Storm
from tests.servers import RunningActions, RunningAssistant

_MANIFEST = ROOT / "deploy" / "slack" / "manifest.yml"
_FULL, _QUICK = (500, 30.0), (50, 3.0)
_CALMING = 180.0  # seconds for the last answers
_ACKNOWLEDGED = 1.0  # target, in seconds, for the 99th percentile of acknowledgements


def measure(run: Run) -> Section:
    """Measure one burst with a fresh assistant."""
    events, seconds = _FULL if run.size.is_full else _QUICK
    with _connected(run) as slack:
        say(f"{events} events in {seconds:.0f} s …")
        storm = Storm(slack, events, seconds)
        return Section("Slack", _report(storm, _outlive(storm)))


def _outlive(storm: Storm) -> float:
    """Return the seconds from the first event to the last answer."""
    since = time.monotonic()
    storm.rage()
    storm.calm()
    total = sum(storm.wanted().values())
    storm.slack.wait_until(lambda: sum(storm.answers().values()) >= total, "the last answers", _CALMING)
    took = time.monotonic() - since
    storm.slack.settle_slowly()
    return took


def _report(storm: Storm, took: float) -> str:
    wanted, answers = storm.wanted(), storm.answers()
    once = sum(min(count, answers[place]) for place, count in wanted.items())
    twice = sum((answers - wanted).values())
    waits = storm.waits()
    rows: list[Sequence[object]] = [
        [
            "questions answered",
            f"{once} of {sum(wanted.values())}",
            "all",
            yes_or_no(once == sum(wanted.values())),
        ],
        ["answers too many", twice, "0", yes_or_no(twice == 0)],
        ["events not acknowledged", sum(not each.is_acknowledged for each in storm.deliveries), "", ""],
        ["acknowledged after, median", _milliseconds(statistics.median(waits)), "", ""],
        [
            "acknowledged after, 99th percentile",
            _milliseconds(percentile(waits, 0.99)),
            "≤ 1,000 ms",
            yes_or_no(percentile(waits, 0.99) <= _ACKNOWLEDGED),
        ],
        ["first event to last answer", f"{took:.1f} s", "", ""],
    ]
    return f"{table(['', 'ours', 'wanted', 'reached'], rows)}\n\n{_notes(storm)}"


def _notes(storm: Storm) -> str:
    failing = ", ".join(f"{share:.0%} of the calls with {_kind(kind)}" for kind, share in FAILING)
    calls = storm.slack.journal.calls
    return (
        f"{storm.events} events in {storm.seconds:.0f} s, over HTTP, in {len(storm.wanted())} places: "
        f"{DUPLICATES:.0%} of them duplicates (half with another event_id), {RETRIES:.0%} retries (of half of them the "
        f"first delivery was lost). The local Slack failed at {failing}, and cut every connection for {CUT_SECONDS} s; "
        f"it took {len(calls)} calls, of which {_failed(storm)} failed. One post a second in each channel, as Slack "
        f"wants it."
    )


def _failed(storm: Storm) -> int:
    return sum(call.status != 200 for call in storm.slack.journal.calls)


def _kind(kind: int) -> str:
    return str(kind) if kind > 0 else f"{-kind} after doing what was asked"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


@contextmanager
def _connected(run: Run) -> Iterator[FakeSlack]:
    """Run a fake workspace that is connected to a fresh assistant."""
    manifest = yaml.safe_load(_MANIFEST.read_text("utf-8"))
    heard = manifest["settings"]["event_subscriptions"]["bot_events"]
    slack = FakeSlack(manifest["oauth_config"]["scopes"]["bot"], heard)
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.address,
    }
    folder = run.scratch / "slack"
    folder.mkdir()
    actions = RunningActions(folder / "actions.log")
    settings["ACTION_PORT"] = str(actions.port)
    assistant = RunningAssistant(ROOT, folder / "state", folder / "log", **settings)
    try:
        slack.speaks_to(assistant.base_url)
        slack.settle()
        yield slack
    finally:
        assistant.stop()
        actions.stop()
        slack.stop()
