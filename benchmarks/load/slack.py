"""A burst of events through the fake Slack, while its calls fail intermittently."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import yaml

from benchmarks.run import Run, Section, say, table, yes_or_no
from testbed.environment import ROOT
from testbed.processes import action_server, serving
from testbed.projects import copy_project, present_assistant
from testbed.slack import BOT_TOKEN, SIGNING_SECRET, FakeSlack
from testbed.slack.load import CUT_SECONDS, DUPLICATES, FAILING, RETRIES, Load
from testbed.visitors import percentile

_MANIFEST = ROOT / "deploy" / "slack" / "manifest.yml"
_FULL, _QUICK = (500, 30.0), (50, 3.0)
_LAST_ANSWERS = 180.0  # seconds
_ACKNOWLEDGED = 1.0  # target, in seconds, for the 99th percentile of acknowledgements


def measure(run: Run) -> Section:
    """Measure one burst with a fresh assistant."""
    events, seconds = _FULL if run.size.is_full else _QUICK
    with _connected(run) as slack:
        say(f"{events} events in {seconds:.0f} s …")
        load = Load(slack, events, seconds)
        return Section("Slack", _report(load, _seconds_to_last_answer(load)))


def _seconds_to_last_answer(load: Load) -> float:
    since = time.monotonic()
    load.run()
    load.end_failures()
    total = sum(load.wanted().values())
    load.slack.wait_until(lambda: load.answers().total() >= total, "the last answers", _LAST_ANSWERS)
    took = time.monotonic() - since
    load.slack.settle_slowly()
    return took


def _report(load: Load, took: float) -> str:
    wanted, answers = load.wanted(), load.answers()
    total, once, twice = (sum(each.values()) for each in (wanted, wanted & answers, answers - wanted))
    waits = load.waits()
    slowest = percentile(waits, 0.99)
    rows = [
        ("questions answered", f"{once} of {total}", "all", yes_or_no(once == total)),
        ("answers too many", twice, "0", yes_or_no(twice == 0)),
        ("events not acknowledged", sum(not each.is_acknowledged for each in load.deliveries), "", ""),
        ("acknowledged after, median", f"{statistics.median(waits) * 1000:.0f} ms", "", ""),
        (
            "acknowledged after, 99th percentile",
            f"{slowest * 1000:.0f} ms",
            "≤ 1,000 ms",
            yes_or_no(slowest <= _ACKNOWLEDGED),
        ),
        ("first event to last answer", f"{took:.1f} s", "", ""),
    ]
    return f"{table(['', 'ours', 'wanted', 'reached'], rows)}\n\n{_notes(load)}"


def _notes(load: Load) -> str:
    kinds = (
        (str(kind) if kind > 0 else f"{-kind} after doing what was asked", share) for kind, share in FAILING
    )
    failing = ", ".join(f"{share:.0%} of the calls with {kind}" for kind, share in kinds)
    calls = load.slack.journal.calls
    return (
        f"{load.events} events in {load.seconds:.0f} s, over HTTP, in {len(load.wanted())} places: "
        f"{DUPLICATES:.0%} of them duplicates (half with another event_id), {RETRIES:.0%} retries (of half of them the "
        f"first delivery was lost). The local Slack failed at {failing}, and cut every connection for {CUT_SECONDS} s; "
        f"it took {len(calls)} calls, of which {sum(call.status != 200 for call in calls)} failed. One post a second "
        f"in each channel, as Slack wants it."
    )


@contextmanager
def _connected(run: Run) -> Iterator[FakeSlack]:
    """Run a fake workspace that is connected to a fresh assistant."""
    manifest = yaml.safe_load(_MANIFEST.read_text("utf-8"))
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    slack = FakeSlack(manifest["oauth_config"]["scopes"]["bot"], events)
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.address,
    }
    project = copy_project(run.scratch / "slack")
    try:
        with (
            action_server(project) as port,
            serving(project, present_assistant(), {"ACTION_PORT": str(port), **settings}) as server,
        ):
            slack.speaks_to(server.base_url)
            slack.settle()
            yield slack
    finally:
        slack.stop()
