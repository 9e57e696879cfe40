"""The longest pause of a server's event loop, as its own metrics tell it."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Pauses:
    """In seconds."""

    longest_work: float
    """Processor time of the event loop without a pause for others."""
    within: dict[float, int]
    """Number of pauses by the clock up to each length; cumulative."""

    @property
    def longest(self) -> float:
        """Upper bound of the longest pause by the clock."""
        whole = max(self.within.values())
        return min(bound for bound, count in self.within.items() if count == whole)


def pauses_of(metrics_port: int) -> Pauses:
    """Read the metrics of a server."""
    text = httpx.get(f"http://127.0.0.1:{metrics_port}/metrics", timeout=30).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    work = next(each.value for each in samples if each.name == "assistant_event_loop_longest_work_seconds")
    buckets = [each for each in samples if each.name == "assistant_event_loop_pause_seconds_bucket"]
    return Pauses(work, {float(each.labels["le"]): int(each.value) for each in buckets})
