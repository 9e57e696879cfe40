"""Two replicas with one PostgreSQL and one Redis behave as one assistant."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from testbed.cluster.services import Postgres, Redis
from tests.servers import MESSAGES, RunningAssistant, Visitor, is_problem

Pair = tuple[RunningAssistant, RunningAssistant]


@pytest.fixture(scope="module")
def replicas(
    stub_project: Path, tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, redis: Redis
) -> Iterator[Pair]:
    """Each with a state directory of its own; five messages a minute for a conversation."""
    shared = {
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SESSION_KEY": "k" * 32,
        "MESSAGES_PER_MINUTE": "5",
    }
    folders = [tmp_path_factory.mktemp("replica") for _ in range(2)]
    one, two = (
        RunningAssistant(stub_project, folder / "state", folder / "server.log", **shared)
        for folder in folders
    )
    yield one, two
    one.stop()
    two.stop()


def of_both(replicas: Pair) -> tuple[Visitor, Visitor]:
    """The same person at both replicas."""
    one, two = replicas
    visitor = one.visitor()
    return visitor, Visitor(two.base_url, token=visitor.token)


def test_any_replica_goes_on_with_any_conversation(replicas: Pair) -> None:
    here, there = of_both(replicas)
    here.say("does it hurt", id="a")
    there.say("show me options", id="b")
    assert here.history() == there.history()
    assert [message["role"] for message in here.history()] == ["user", "assistant"] * 2


def test_a_repeated_message_gets_the_same_answer_from_the_other_replica(replicas: Pair) -> None:
    here, there = of_both(replicas)
    assert here.say("does it hurt", id="a") == there.say("does it hurt", id="a")
    assert len(there.history()) == 2


def test_a_message_that_comes_to_both_at_once_is_answered_once(replicas: Pair) -> None:
    here, there = of_both(replicas)
    with ThreadPoolExecutor(8) as hands:
        given = [(visitor, f"m{n // 4}") for n in range(8) for visitor in ((here, there)[n % 2],)]
        answers = list(hands.map(lambda one: one[0].send(text="slowly", id=one[1]), given))
    assert {answer.status_code for answer in answers} == {200}
    assert len(here.history()) == 4


def test_the_limit_holds_over_both(replicas: Pair) -> None:
    here, there = of_both(replicas)
    answers = [(here, there)[n % 2].send(id=f"m{n}", text="does it hurt") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_what_one_erased_is_erased_for_the_other(replicas: Pair) -> None:
    here, there = of_both(replicas)
    here.say("does it hurt")
    assert here.erase().status_code == 204
    assert is_problem(there.http.get(MESSAGES), 401)


def test_a_replica_keeps_nothing_of_its_own(replicas: Pair) -> None:
    for replica in replicas:
        assert not list(replica.state_dir.glob("conversations.db*"))
        assert not (replica.state_dir / "session.key").exists()
