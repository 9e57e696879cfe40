"""Metrics, logs and health checks, none of which contains user text or identity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from testbed.environment import free_port
from tests.servers import RunningAssistant


@pytest.fixture(scope="module")
def watched(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """With metrics on a port of their own, behind a proxy."""
    folder = tmp_path_factory.mktemp("watched")
    given = {"METRICS_PORT": str(free_port()), "SANIC_PROXIES_COUNT": "1"}
    server = RunningAssistant(stub_project, folder / "state", folder / "server.log", **given)
    yield server
    server.stop()


def metrics(server: RunningAssistant) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    text = httpx.get(f"http://127.0.0.1:{server.env['METRICS_PORT']}/metrics").text
    samples = [sample for family in families(text) for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_turns_are_counted_by_topic_and_outcome(watched: RunningAssistant) -> None:
    watched.visitor().say("does it hurt")
    before = metrics(watched)
    watched.visitor().say("does it hurt")
    key = ("assistant_turns_total", "website", "answered", "pain")
    assert metrics(watched)[key] == before[key] + 1


def test_every_stage_of_a_turn_is_timed(watched: RunningAssistant) -> None:
    watched.visitor().say("does it hurt")
    for stage in ("nlu", "policy", "action", "store"):
        assert metrics(watched)["assistant_stage_seconds_count", stage] > 0
        assert metrics(watched)["assistant_stage_seconds_sum", stage] > 0


def test_failures_and_problems_are_counted(watched: RunningAssistant) -> None:
    visitor = watched.visitor()
    visitor.say("please explode")
    visitor.send(text="")
    assert metrics(watched)["assistant_failures_total", "turn_failed"] == 1
    assert metrics(watched)["assistant_problems_total", "empty_text"] == 1


def test_metrics_name_nobody(watched: RunningAssistant) -> None:
    visitor = watched.visitor()
    visitor.say("does it hurt MARMALADE", id="MARMALADE")
    visitor.http.get("/MARMALADE")
    shown = httpx.get(f"http://127.0.0.1:{watched.env['METRICS_PORT']}/metrics").text
    assert "MARMALADE" not in shown
    assert "website-" not in shown


def test_metrics_are_not_on_the_visitors_port(watched: RunningAssistant) -> None:
    assert httpx.get(f"{watched.base_url}/metrics").status_code == 404


def test_without_a_port_there_are_no_metrics(standin: RunningAssistant) -> None:
    assert standin.env["METRICS_PORT"] == ""
    assert httpx.get(f"{standin.base_url}/metrics").status_code == 404


def test_a_request_id_goes_from_the_proxy_into_the_log_and_back(watched: RunningAssistant) -> None:
    visitor = watched.visitor(**{"X-Request-ID": "from-the-proxy-1"})
    answer = visitor.send(text="does it hurt")
    assert answer.headers["x-request-id"] == "from-the-proxy-1"
    turns = [
        json.loads(line[line.index("{") :]) for line in watched.output().splitlines() if '"turn"' in line
    ]
    assert turns[-1]["request"] == "from-the-proxy-1"


def test_without_a_proxy_nobody_chooses_an_id(standin: RunningAssistant) -> None:
    answer = httpx.get(f"{standin.base_url}/health/live", headers={"X-Request-ID": "chosen-by-a-visitor"})
    assert len(answer.headers["x-request-id"]) == 16


@pytest.mark.parametrize("given", ["", "short", "with spaces in it", "x" * 65, "<script>alert(1)</script>"])
def test_what_cannot_be_an_id_gets_a_new_one(watched: RunningAssistant, given: str) -> None:
    answer = httpx.get(f"{watched.base_url}/health/live", headers={"X-Request-ID": given})
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 16
