"""Several processes behind a load balancer deduplicate through Redis."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from testbed.environment import free_port
from testbed.slack import FakeSlack
from testbed.slack.load import Load
from tests.channels.slack.conftest import new_slack, over_http, start

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis that keeps nothing on the disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server: install Debian's package redis-server")
    port = str(free_port())
    folder = tmp_path_factory.mktemp("redis")
    process = subprocess.Popen([program, "--port", port, "--save", "", "--bind", "127.0.0.1"], cwd=folder)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def slack(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeSlack]:
    """Two assistants with one storage, each of which gets half of what comes."""
    folder, slack = tmp_path_factory.mktemp("two"), new_slack()
    settings = {**over_http(slack), "REDIS_URL": redis_url, "SESSION_KEY": "k" * 40}
    both = [start(folder, log=f"{number}.log", **settings) for number in (1, 2)]
    slack.speaks_to(*(assistant.base_url for assistant in both))
    yield slack
    for assistant in both:
        assistant.stop()
    slack.stop()


def test_a_storm_over_two_processes_is_answered_once(slack: FakeSlack) -> None:
    load = Load(slack, events=200, seconds=10.0)
    load.run()
    load.end_failures()
    total = sum(load.wanted().values())
    slack.wait_until(lambda: sum(load.answers().values()) >= total, f"{total} answers", 120)
    slack.settle_slowly()
    assert load.answers() == load.wanted()


def test_the_same_event_at_both_doors_is_answered_once(slack: FakeSlack) -> None:
    anna = slack.person()
    asked = anna.says("does it hurt")
    for _ in range(4):
        slack.deliver("event", asked.deliveries[0].payload)
    slack.answer_to(asked)
    slack.settle_slowly()
    assert len(slack.answers_to(asked)) == 1
