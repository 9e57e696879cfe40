"""Runs benchmarks and writes results.md: `python -m benchmarks [PART …]`, by default all parts."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from benchmarks.load import growth, hostile, page_load, side_by_side, slack, throughput
from benchmarks.quality import alarms, dates, dialogue, understanding
from benchmarks.run import FULL, QUICK, RESULTS, Run, Section, describe_machine, say, write_section

PARTS: dict[str, Callable[[Run], Section]] = {
    "understanding": understanding.measure,
    "alarms": alarms.measure,
    "talking": dialogue.measure,
    "stock": side_by_side.measure,
    "timing": dates.measure,
    "growth": growth.measure,
    "load": throughput.measure,
    "soak": throughput.soak,
    "hostile": hostile.measure,
    "slack": slack.measure,
    "loading": page_load.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks; return the exit code, 1 after a regression."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        # exits through context managers, so that started processes are terminated
        signal.signal(number, lambda *_: sys.exit(143))
    given = _parser().parse_args(arguments)
    try:
        complaints = _measure_all(given, " ".join(["python -m benchmarks", *arguments]))
    except KeyboardInterrupt:
        print("The benchmarks were stopped. Parts that were done are in results.md.", file=sys.stderr)
        return 130
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def _measure_all(given: argparse.Namespace, command: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as scratch:
        size = QUICK if given.quick else FULL
        size = replace(
            size,
            epochs=given.stock_epochs or size.epochs,
            open_seconds=given.open_seconds or size.open_seconds,
        )
        run = Run(size, Path(scratch), given.stories, given.accept_misses)
        return [each for part in given.parts or PARTS for each in _measure(part, run, command)]


def _measure(part: str, run: Run, command: str) -> tuple[str, ...]:
    say(f"=== {part} ===")
    busy = f"{os.getloadavg()[0]:.1f}"
    section = PARTS[part](run)
    about = (
        f"Measured on {datetime.now().astimezone():%Y-%m-%d %H:%M} with `{command}` on {describe_machine()}; "
        f"load average {busy} before it began."
    )
    path = RESULTS if run.size.is_full else run.kept / "quick-results.md"
    write_section(path, section.title, f"{about}\n\n{section.body}")
    print(f"\n{section.body}\n", flush=True)
    say(f"written to {path}")
    return section.complaints


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", type=_part, metavar="PART", help=f"of {', '.join(PARTS)}; all by default"
    )
    parser.add_argument("--quick", action="store_true", help="shows that it works; the figures mean nothing")
    parser.add_argument(
        "--stories", action="store_true", help="stock gets each rule as a story, too, for TED to learn"
    )
    parser.add_argument(
        "--stock-epochs",
        type=int,
        metavar="N",
        help="stock learns for N epochs instead of its own number (hours)",
    )
    parser.add_argument(
        "--open-seconds", type=float, metavar="S", help="how long the open loop of load goes on"
    )
    parser.add_argument("--accept-misses", action="store_true", help="new misses join known_misses.yml")
    return parser


def _part(name: str) -> str:
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"not a part (got {name!r} / expected one of {', '.join(PARTS)})")
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
