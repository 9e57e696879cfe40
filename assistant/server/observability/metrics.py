"""Prometheus metrics: counts and durations by topic and outcome, without user text or identity."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from prometheus_client import Counter, Gauge, Histogram, start_http_server

from assistant.core.protocol import Message
from assistant.core.stages import observe

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20)

_TURNS = Counter("assistant_turns", "Assistant messages", ["channel", "topic", "outcome"])
_TURN_SECONDS = Histogram(
    "assistant_turn_seconds", "Seconds from message to answer", ["channel"], buckets=_SECONDS
)
_STAGE_SECONDS = Histogram(
    "assistant_stage_seconds", "Seconds spent in each stage of a turn", ["stage"], buckets=_SECONDS
)
ACKNOWLEDGED = Histogram(
    "assistant_slack_acknowledge_seconds",
    "Seconds until a Slack request is acknowledged; Slack allows three",
    buckets=_SECONDS,
)
PROBLEMS = Counter("assistant_problems", "Requests that ended in a problem", ["kind"])
FAILURES = Counter("assistant_failures", "Internal failures, by log event", ["event"])
WAITING = Gauge("assistant_waiting_messages", "Messages in the admission queue")
PAUSES = Histogram("assistant_event_loop_pause_seconds", "Pauses of the event loop", buckets=_SECONDS)
LONGEST_WORK = Gauge(
    "assistant_event_loop_longest_work_seconds",
    "Most processor time without a pause for others, since the start",
)
UNCLEAN = Gauge("assistant_deletion_unfinished", "1 while deleted data may still be in SQLite's files")
CLOSED = Gauge("assistant_closed", "1 in maintenance mode")
MODEL = Gauge("assistant_model_info", "The model in use", ["model"])
_EVERY = 0.05  # seconds


def serve_metrics(port: int, interface: str) -> None:
    """Serve `GET /metrics` on a separate port, in a separate thread."""
    start_http_server(port, interface)


def count_turn(channel: str, messages: Sequence[Message], milliseconds: float) -> None:
    """Count one turn, which may have several answers."""
    for message in messages:
        metadata = message.get("metadata") or {}
        _TURNS.labels(channel, str(metadata.get("topic", "-")), str(metadata.get("outcome", "-"))).inc()
    _TURN_SECONDS.labels(channel).observe(milliseconds / 1000)


observe(lambda stage, seconds: _STAGE_SECONDS.labels(stage).observe(seconds))


async def watch_pauses() -> None:
    """Measure pauses until the server stops.

    By the clock, which includes what other programs take from this one, and by the processor time of the event loop
    itself, which does not.
    """
    longest = 0.0
    while True:
        clock, work = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_EVERY)
        PAUSES.observe(max(0.0, time.perf_counter() - clock - _EVERY))
        longest = max(longest, time.thread_time() - work)
        LONGEST_WORK.set(longest)
