"""The proxy of deploy/ in front of two replicas: TLS, limits, request ids, failover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from assistant.server.http.middleware import SECURITY_HEADERS
from testbed.cluster.proxy import proxy_before
from testbed.cluster.services import Nginx, Postgres, Redis
from tests.servers import SESSION, RunningAssistant, Visitor, is_problem


@dataclass
class Cluster:
    """Replicas that share one address."""

    proxy: Nginx
    replicas: tuple[RunningAssistant, RunningAssistant]

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.proxy.port}"


@pytest.fixture(scope="module")
def cluster(
    stub_project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    postgres: Postgres,
    redis: Redis,
    nginx: None,
) -> Iterator[Cluster]:
    shared = {
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SESSION_KEY": "k" * 32,
        "SANIC_PROXIES_COUNT": "1",
    }
    folders = [tmp_path_factory.mktemp("behind") for _ in range(2)]
    one, two = (RunningAssistant(stub_project, each / "state", each / "log", **shared) for each in folders)
    proxy = proxy_before([one.port, two.port])
    yield Cluster(proxy, (one, two))
    proxy.stop()
    one.stop()
    two.stop()


def test_a_visitor_talks_over_tls_and_is_told_to_keep_to_it(cluster: Cluster) -> None:
    visitor = Visitor(cluster.url)
    assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"
    headers = visitor.http.get("/").headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "nginx/" not in headers["server"]


def test_a_request_id_is_in_the_proxys_log_and_in_the_assistants(cluster: Cluster) -> None:
    answer = Visitor(cluster.url).send(text="does it hurt")
    given = answer.headers["x-request-id"]
    assert given in cluster.proxy.output()
    assert any(f'"request": "{given}"' in replica.output() for replica in cluster.replicas)


def test_the_proxys_log_names_nobody(cluster: Cluster) -> None:
    visitor = Visitor(cluster.url)
    visitor.http.get("/webhooks/website/calendar/MARMALADE.ics", headers={"User-Agent": "MARMALADE"})
    assert "MARMALADE" not in cluster.proxy.output()
    assert "127.0.0.1" not in cluster.proxy.output()


def test_health_is_not_shown_to_the_outside(cluster: Cluster) -> None:
    assert httpx.get(f"{cluster.url}/health/ready", verify=False).status_code == 404


def test_what_is_too_large_does_not_reach_the_assistant(cluster: Cluster) -> None:
    visitor = Visitor(cluster.url)
    assert visitor.send_raw(b"x" * 20_000).status_code == 413


def test_what_slack_sends_may_be_larger(cluster: Cluster) -> None:
    """A press of a button comes with its message. Slack is off here, and that is what the assistant says."""
    with httpx.Client(base_url=cluster.url, verify=False) as slack:
        assert is_problem(slack.post("/webhooks/slack/webhook", content=b"x" * 500_000), 404)
        assert slack.post("/webhooks/slack/webhook", content=b"x" * 1_200_000).status_code == 413


def test_the_proxys_own_pages_have_the_headers_of_the_others_once(cluster: Cluster) -> None:
    with httpx.Client(base_url=cluster.url, verify=False) as somebody:
        own = [somebody.get("/health/ready"), somebody.post(SESSION, content=b"x" * 20_000)]
        from_a_replica = [somebody.get("/"), somebody.get("/nowhere")]
    assert [answer.status_code for answer in own + from_a_replica] == [404, 413, 200, 404]
    for answer in own + from_a_replica:
        for name in ("x-content-type-options", "referrer-policy", "content-security-policy", "cache-control"):
            assert len(answer.headers.get_list(name)) == 1, (answer.url, name)
        assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"]
    assert {answer.headers["content-security-policy"] for answer in own} == {
        SECURITY_HEADERS["Content-Security-Policy"]
    }


def test_a_forwarded_host_of_a_visitor_does_not_reach_the_assistant(cluster: Cluster) -> None:
    """The server goes by Host; nothing else may come to believe the other one."""
    headers = {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}
    assert httpx.post(cluster.url + SESSION, headers=headers, verify=False).status_code == 403


def test_when_a_replica_dies_the_other_one_goes_on(cluster: Cluster) -> None:
    visitor = Visitor(cluster.url)
    visitor.say("does it hurt")
    cluster.replicas[0].process.kill()
    cluster.replicas[0].process.wait()
    for _ in range(6):
        assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"
    assert len(visitor.history()) == 14


def test_an_address_that_storms_is_slowed_down(cluster: Cluster) -> None:
    with httpx.Client(base_url=cluster.url, verify=False) as load:
        answers = {load.post(SESSION).status_code for _ in range(150)}
    assert 429 in answers
    assert answers <= {201, 429}
