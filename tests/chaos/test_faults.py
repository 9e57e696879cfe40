"""Fault injection: processes are killed during conversations; no answer is lost or given twice.

`pytest -s` shows the clients' view of each fault.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from testbed.cluster.proxy import proxy_before
from testbed.cluster.services import Nginx, Postgres, Redis
from testbed.environment import free_port
from tests.cluster.crowd import Crowd
from tests.cluster.cuttable import Cuttable
from tests.servers import ROOT, RunningAssistant

pytestmark = pytest.mark.slow

LIMITS = {"rate=10r/s": "rate=100000r/s", "limit_conn connections 32": "limit_conn connections 10000"}
CLOCK = ROOT / "tests" / "fakes" / "clock"


@dataclass
class Cluster:
    """All that can break."""

    postgres: Postgres
    redis: Redis
    network: Cuttable
    replicas: list[RunningAssistant]
    proxy: Nginx
    clock: Path

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.proxy.port}"


@pytest.fixture
def cluster(stub_project: Path, tmp_path: Path, programs: None) -> Iterator[Cluster]:
    """Two replicas behind the proxy; the way to the database can be cut. Its database and Redis are its own."""
    database, memory = Postgres(), Redis()
    network = Cuttable(database.port)
    clock = tmp_path / "clock"
    shared = {
        "DATABASE_URL": database.url_at(network.port),
        "REDIS_URL": memory.url,
        "SESSION_KEY": "k" * 32,
        "SANIC_PROXIES_COUNT": "1",
        "CLOCK_FILE": str(clock),
        "PYTHONPATH": os.pathsep.join(map(str, (CLOCK, stub_project, ROOT))),
    }
    replicas = [
        RunningAssistant(stub_project, tmp_path / name / "state", tmp_path / f"{name}.log", **shared)
        for name in ("one", "two")
    ]
    proxy = proxy_before([each.port for each in replicas], **LIMITS)
    yield Cluster(database, memory, network, replicas, proxy, clock)
    proxy.stop()
    for each in replicas:
        each.stop()
    network.close()
    database.stop()
    memory.stop()


def survived(crowd: Crowd, name: str) -> None:
    """Everybody goes on, and nothing is lost, doubled or mixed up."""
    recovered = crowd.goes_on()
    crowd.go_home()
    print(f"\n| {name} | {crowd.saw()} |")
    assert recovered
    assert crowd.losses() == []
    assert all(each.given_up == 0 for each in crowd.regulars)


def talking(url: str, text: str = "does it hurt") -> Crowd:
    crowd = Crowd(url, text=text)
    assert crowd.goes_on()
    return crowd


def test_a_replica_is_killed_and_comes_back(cluster: Cluster) -> None:
    crowd = talking(cluster.url)
    cluster.replicas[0].process.kill()
    time.sleep(3)
    cluster.replicas[0] = cluster.replicas[0].again()
    survived(crowd, "kill -9 of a replica")


def test_postgres_is_killed_and_comes_back(cluster: Cluster) -> None:
    crowd = talking(cluster.url)
    cluster.postgres.kill()
    time.sleep(5)
    cluster.postgres.start()
    survived(crowd, "kill -9 of PostgreSQL, 5 s")


def test_redis_is_killed_and_comes_back(cluster: Cluster) -> None:
    crowd = talking(cluster.url)
    cluster.redis.kill()
    time.sleep(5)
    cluster.redis.start()
    survived(crowd, "kill -9 of Redis, 5 s")


def test_the_network_to_the_database_is_silent_for_twenty_seconds(cluster: Cluster) -> None:
    crowd = talking(cluster.url)
    cluster.network.cut()
    time.sleep(20)
    cluster.network.restore()
    survived(crowd, "no network to PostgreSQL, 20 s")


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_the_clock_jumps_by_an_hour(cluster: Cluster, seconds: int) -> None:
    crowd = talking(cluster.url)
    cluster.clock.write_text(str(seconds))
    time.sleep(3)
    survived(crowd, f"the clock jumps by {seconds} s")


def test_the_disk_is_full(stub_project: Path, tmp_path: Path) -> None:
    server = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "server.log")
    try:
        crowd = talking(server.base_url)
        full = (server.state_dir / "conversations.db-wal").stat().st_size + 200_000
        full = max(full, server.log.stat().st_size + 500_000)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
        until = time.monotonic() + 60
        while time.monotonic() < until and not any(each.seen["503"] for each in crowd.regulars):
            time.sleep(0.1)
        assert any(each.seen["503"] for each in crowd.regulars)
        time.sleep(3)
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        survived(crowd, "the disk is full for SQLite, some seconds")
    finally:
        server.stop()


def test_the_action_server_is_killed_and_comes_back(tmp_path: Path) -> None:
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    port = free_port()
    env = {**os.environ, "ACTION_PORT": str(port), "SANIC_HOST": "127.0.0.1"}

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "actions.server"]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)

    actions = start()
    server = RunningAssistant(ROOT, tmp_path / "state", tmp_path / "server.log", ACTION_PORT=str(port))
    try:
        crowd = talking(server.base_url, "i was treated yesterday at 15:00, when can i wear make-up? this is")
        actions.kill()
        actions.wait()
        assert crowd.goes_on()
        time.sleep(3)
        actions = start()
        survived(crowd, "kill -9 of the action server, 3 s")
    finally:
        server.stop()
        actions.kill()
        actions.wait()
