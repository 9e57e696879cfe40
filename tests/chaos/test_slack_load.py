"""Load from Slack, also on two processes behind a load balancer: each event is answered once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testbed.cluster.services import Redis
from testbed.slack import FakeSlack
from testbed.slack.load import Load
from tests.channels.slack.conftest import new_slack, over_http, start
from tests.channels.slack.test_load import outlive

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def slack_of_two(redis: Redis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeSlack]:
    """Two assistants with one storage, each of which gets half of what comes."""
    folder, slack = tmp_path_factory.mktemp("two"), new_slack()
    settings = {**over_http(slack), "REDIS_URL": redis.url, "SESSION_KEY": "k" * 40}
    both = [start(folder, log=f"{number}.log", **settings) for number in (1, 2)]
    slack.speaks_to(*(assistant.base_url for assistant in both))
    yield slack
    for assistant in both:
        assistant.stop()
    slack.stop()


def test_a_storm_of_500_events_in_30_seconds(slack: FakeSlack) -> None:
    outlive(Load(slack, events=500, seconds=30.0))


def test_a_storm_over_two_processes_is_answered_once(slack_of_two: FakeSlack) -> None:
    load = Load(slack_of_two, events=200, seconds=10.0)
    load.run()
    load.end_failures()
    total = sum(load.wanted().values())
    slack_of_two.wait_until(lambda: sum(load.answers().values()) >= total, f"{total} answers", 120)
    slack_of_two.settle_slowly()
    assert load.answers() == load.wanted()


def test_the_same_event_at_both_processes_is_answered_once(slack_of_two: FakeSlack) -> None:
    anna = slack_of_two.person()
    asked = anna.says("does it hurt")
    for _ in range(4):
        slack_of_two.deliver("event", asked.deliveries[0].payload)
    slack_of_two.answer_to(asked)
    slack_of_two.settle_slowly()
    assert len(slack_of_two.answers_to(asked)) == 1
