"""What Prometheus may know: counts and times by topic and outcome, never a word and never who."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram, start_http_server

from assistant.core.protocol import Message

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)

_TURNS = Counter("assistant_turns", "Assistant messages", ["channel", "topic", "outcome"])
_TURN_SECONDS = Histogram("assistant_turn_seconds", "From message to answer", ["channel"], buckets=_SECONDS)
_STAGE_SECONDS = Histogram("assistant_stage_seconds", "Parts of a turn", ["stage"], buckets=_SECONDS)
ACKNOWLEDGED = Histogram("assistant_slack_acknowledge_seconds", "Slack waits three of them", buckets=_SECONDS)
PROBLEMS = Counter("assistant_problems", "Requests that ended in a problem", ["kind"])
FAILURES = Counter("assistant_failures", "What went wrong inside", ["event"])
WAITING = Gauge("assistant_waiting_messages", "Messages that wait for their turn to begin")
CLOSED = Gauge("assistant_closed", "1 while the sign says closed")
MODEL = Gauge("assistant_model_info", "The model that answers", ["model"])


def serve_metrics(port: int, interface: str) -> None:
    """`GET /metrics` on a port of its own, from a thread of its own."""
    start_http_server(port, interface)


def count_turn(channel: str, messages: Sequence[Message], milliseconds: float) -> None:
    """One turn, which may have had several answers."""
    for message in messages:
        metadata = message.get("metadata") or {}
        _TURNS.labels(channel, str(metadata.get("topic", "-")), str(metadata.get("outcome", "-"))).inc()
    _TURN_SECONDS.labels(channel).observe(milliseconds / 1000)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """What happens inside is one of the stages nlu, policy, action and store."""
    since = time.perf_counter()
    try:
        yield
    finally:
        _STAGE_SECONDS.labels(name).observe(time.perf_counter() - since)
