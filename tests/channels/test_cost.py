"""Nobody makes the server work without end: limits on each call, and a ceiling on each conversation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from assistant.channels.website.context import LimitOfBoth, Limits
from assistant.server.http.middleware import RequestLimit, address_of, network_of
from assistant.server.storage.event_queries import PAGE, event_pages
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.traffic.rate_limits import InMemoryLimit
from assistant.settings import Settings
from tests.server.test_tracker_store import DOMAIN, live_through, turn
from tests.servers import MESSAGES, SESSION, RunningAssistant, Visitor, is_problem

EXPORT = f"{SESSION}/export"
CEILING = 5


@pytest.fixture(scope="module")
def costly(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """The default limits, but conversations of five messages; behind a proxy, so that tests have addresses."""
    folder = tmp_path_factory.mktemp("costly")
    server = RunningAssistant(
        stub_project,
        folder / "state",
        folder / "server.log",
        MESSAGES_PER_MINUTE="30",
        SESSIONS_PER_MINUTE="1000",
        MESSAGES_PER_CONVERSATION=str(CEILING),
        SANIC_PROXIES_COUNT="1",
    )
    yield server
    server.stop()


def from_address(server: RunningAssistant, address: str) -> Visitor:
    return server.visitor(**{"X-Forwarded-For": address})


# --- Limits


@pytest.mark.parametrize(("path", "times"), [(MESSAGES, 60), (EXPORT, 6)])
def test_reading_has_a_limit(costly: RunningAssistant, path: str, times: int) -> None:
    visitor = from_address(costly, "192.0.2.1")
    answers = [visitor.http.get(path) for _ in range(times + 1)]
    assert [answer.status_code for answer in answers] == [200] * times + [429]
    assert is_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_who_has_read_too_much_can_still_delete(costly: RunningAssistant) -> None:
    visitor = from_address(costly, "192.0.2.2")
    assert [visitor.http.get(MESSAGES).status_code for _ in range(61)][-1] == 429
    assert visitor.erase().status_code == 204


def test_asking_for_the_same_answer_again_has_a_limit_like_reading(costly: RunningAssistant) -> None:
    visitor = from_address(costly, "192.0.2.3")
    statuses = [visitor.send(id="one", text="does it hurt").status_code for _ in range(62)]
    assert statuses == [200] * 61 + [429]


def test_an_address_has_a_limit_whatever_it_asks_for(costly: RunningAssistant) -> None:
    headers = {"X-Forwarded-For": "192.0.2.4", "Authorization": "Bearer rubbish"}
    with httpx.Client(base_url=costly.base_url, headers=headers) as http:
        statuses = [http.delete(SESSION).status_code for _ in range(601)]
        assert statuses == [401] * 600 + [429]
        assert http.get("/nothing").status_code == 429
        assert http.get("/health/live").status_code == 200
    assert from_address(costly, "192.0.2.5").http.get(MESSAGES).status_code == 200


def test_five_conversations_of_one_address_can_not_all_talk_at_full_pace(costly: RunningAssistant) -> None:
    talking = [from_address(costly, "192.0.2.6") for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda one: [one.send(text="does it hurt") for _ in range(30)], talking))
    statuses = [answer.status_code for each in answers for answer in each]
    assert statuses.count(200) == 120
    assert statuses.count(429) == 30


def test_long_messages_of_an_address_count_as_several(costly: RunningAssistant) -> None:
    talking = [from_address(costly, "192.0.2.7") for _ in range(5)]
    answers = [talking[number % 5].send(text="x" * 850) for number in range(15)]
    assert [answer.status_code for answer in answers] == [200] * 13 + [429] * 2
    assert talking[0].send(text="does it hurt").status_code == 200


def test_addresses_of_one_ipv6_network_are_one(
    costly: RunningAssistant, stub_project: Path, tmp_path: Path
) -> None:
    headers = [{"X-Forwarded-For": f"2001:db8:1:2::{number:x}"} for number in range(1, 602)]
    with httpx.Client(base_url=costly.base_url) as http:
        statuses = [http.get("/nothing", headers=each).status_code for each in headers]
        assert statuses == [404] * 600 + [429]
        assert http.get("/nothing", headers={"X-Forwarded-For": "2001:db8:1:3::1"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("[2001:db8::ffff:1]", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("rubbish", ""),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
    assert not network or ip_network(network)


def test_a_forwarded_address_that_is_none_is_not_counted_by() -> None:
    request = SimpleNamespace(remote_addr="rubbish", ip="192.0.2.9")
    assert address_of(request) == "192.0.2.9"  # type: ignore[arg-type]


async def test_all_limits_follow_from_the_two_settings() -> None:
    limits = Limits.of(Settings(messages_per_minute=2, sessions_per_minute=1))
    both = LimitOfBoth(limits.messages, limits.messages_of_address, "192.0.2.1")
    assert [await both.hit(f"conversation-{n // 2}") > 0 for n in range(9)] == [False] * 8 + [True]
    assert [await limits.openings.hit("a") > 0 for _ in range(2)] == [False, True]


def test_slack_and_monitoring_are_not_counted_by_address() -> None:
    limit = RequestLimit(1)
    for path in ("/health/live", "/webhooks/slack/webhook"):
        request = SimpleNamespace(path=path, remote_addr="", ip="192.0.2.1")
        assert not any(limit.refuse(request) for _ in range(700))  # type: ignore[arg-type]


async def test_an_address_that_is_refused_is_not_forgiven_by_another_conversation() -> None:
    by_address = InMemoryLimit(2)
    for number, expected in enumerate((False, False, True)):
        both = LimitOfBoth(InMemoryLimit(1), by_address, "192.0.2.1")
        assert (await both.hit(f"conversation-{number}") > 0) is expected


# --- The ceiling of a conversation


def test_at_its_ceiling_a_conversation_begins_anew_under_the_same_token(costly: RunningAssistant) -> None:
    visitor = from_address(costly, "192.0.2.20")
    for number in range(CEILING):
        (answer,) = visitor.say(f"does it hurt number-{number}")
        assert "new_conversation" not in answer["metadata"]
    notice, answer = visitor.say("show me options", id="last")
    assert notice["metadata"]["new_conversation"] is True
    assert "treatment date" in notice["text"]
    assert answer["buttons"]
    history = visitor.history()
    assert [said["text"] for said in history] == ["show me options", notice["text"], answer["text"]]
    assert "number-" not in visitor.http.get(EXPORT).text
    assert visitor.send(id="last", text="show me options").json()["messages"] == [notice, answer]
    assert visitor.send(payload=answer["buttons"][0]["payload"]).status_code == 200


def test_it_never_holds_more_than_its_ceiling(costly: RunningAssistant) -> None:
    visitor = from_address(costly, "192.0.2.21")
    for _ in range(3 * CEILING):
        visitor.say("does it hurt")
        said = [message for message in visitor.history() if message["role"] == "user"]
        assert len(said) <= CEILING


async def test_beginning_anew_keeps_the_state_and_nothing_else(tmp_path: Path) -> None:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    await live_through(store, "website-one", [turn(n, f"word-{n}") for n in range(4)])
    tracker = await store.retrieve("website-one")
    assert tracker is not None
    tracker.begins_anew = True
    for event in turn(4, "word-4")[:1]:
        tracker.update(event, DOMAIN)
    await store.save(tracker)
    assert [event["text"] for event in store.said("website-one")] == ["word-4"]
    with store.turn("website-one", "m5") as start:
        assert start.length == 1
    again = await store.retrieve("website-one")
    assert again is not None
    assert again.get_slot("condition") == "acne 3"
    assert not any(b"word-1" in path.read_bytes() for path in tmp_path.iterdir() if store.cleaner.clean())
    store.engine.dispose()


# --- Long conversations


async def test_a_long_conversation_is_read_in_pages(tmp_path: Path) -> None:
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    await live_through(store, "website-one", [turn(n) for n in range(90)])
    await live_through(store, "website-two", [turn(1)])
    pages = list(event_pages(store.engine, "website-one"))
    assert {len(page) for page in pages[:-1]} == {PAGE}
    assert sum(map(len, pages)) == 90 * 5
    assert len(pages) == 5
    store.engine.dispose()


def test_a_long_history_and_export_arrive_whole(visitor: Visitor) -> None:
    for number in range(60):
        visitor.say(f"does it hurt number-{number}")
    said = [message["text"] for message in visitor.history() if message["role"] == "user"]
    assert said == [f"does it hurt number-{number}" for number in range(60)]
    answer = visitor.http.get(EXPORT)
    exported = json.loads(answer.content)
    assert answer.headers["content-disposition"] == 'attachment; filename="conversation.json"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len([event for event in exported["events"] if event["event"] == "user"]) == 60
    assert len(exported["messages"]) == 120
    assert exported["feedback"] == []
