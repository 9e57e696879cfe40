"""The HTTP edge: what can be read in two ways is refused, names are checked, and nobody may be slow for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.server.http.connections import ceiling_of
from tests.channels.raw_requests import UNCLEAR, answer_to, drop_by_drop, statuses
from tests.servers import MESSAGES, SESSION, RunningAssistant, is_problem

MOST = 6
AFTERWARDS = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def edge(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """Waits a second for a request, and takes six connections."""
    folder = tmp_path_factory.mktemp("edge")
    server = RunningAssistant(
        stub_project,
        folder / "state",
        folder / "server.log",
        REQUEST_SECONDS="1",
        CONNECTIONS_PER_ADDRESS=str(MOST),
        ALLOWED_ORIGINS="https://clinic.example",
        ALLOWED_HOSTS="bot.example.org",
    )
    yield server
    server.stop()


# --- What can be read in two ways


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_request_that_can_be_read_in_two_ways_is_refused(standin: RunningAssistant, name: str) -> None:
    answer = answer_to(standin.port, UNCLEAR[name] + AFTERWARDS)
    assert statuses(answer) == [400]
    assert b"application/problem+json" in answer
    assert b"X-Content-Type-Options: nosniff" in answer or b"x-content-type-options: nosniff" in answer


def test_what_is_clear_is_answered(standin: RunningAssistant) -> None:
    post = b"POST %b HTTP/1.1\r\nHost: localhost\r\n" % SESSION.encode()
    for request in (
        AFTERWARDS,
        AFTERWARDS.replace(b"Host: localhost", b"host:localhost  "),
        b"GET /health/live?a=b HTTP/1.0\r\n\r\n",
        post + b"Content-Length: 0\r\n\r\n",
        post + b"Content-Length: 2\r\n\r\n{}",
        post + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        post + b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ):
        assert statuses(answer_to(standin.port, request))[-1] in (200, 201), request


def test_two_requests_on_one_connection_are_two(standin: RunningAssistant) -> None:
    chunks = b"POST %b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" % SESSION.encode()
    both = chunks + b"2\r\n{}\r\n0\r\n\r\n" + AFTERWARDS
    assert statuses(answer_to(standin.port, both)) == [201, 200]


def test_no_request_of_these_is_an_error_in_the_log(standin: RunningAssistant) -> None:
    for request in UNCLEAR.values():
        answer_to(standin.port, request)
    assert "uncaught" not in standin.output()
    assert "Traceback" not in standin.output()


# --- Names


@pytest.mark.parametrize(
    "host",
    ["localhost:1", "127.0.0.1", "[::1]:5005", "192.168.1.7", "assistant", "x.localhost", "BOT.example.org."],
)
def test_own_names_are_accepted(edge: RunningAssistant, host: str) -> None:
    assert httpx.post(f"{edge.base_url}{SESSION}", headers={"Host": host}).status_code == 201


def test_a_website_that_embeds_may_lend_its_name(edge: RunningAssistant) -> None:
    headers = {"Host": "clinic.example", "Origin": "https://clinic.example"}
    assert httpx.post(f"{edge.base_url}{SESSION}", headers=headers).status_code == 201


@pytest.mark.parametrize(
    "host", ["evil.example", "bot.example.org.evil.example", "127.0.0.1.evil.example", "a b", ""]
)
def test_any_other_name_is_refused(edge: RunningAssistant, standin: RunningAssistant, host: str) -> None:
    for server in (edge, standin):
        headers = {"Host": host, "Origin": f"http://{host}"} if host and " " not in host else {"Host": host}
        assert is_problem(httpx.post(f"{server.base_url}{SESSION}", headers=headers), 403)


def test_monitoring_comes_by_any_name(edge: RunningAssistant) -> None:
    assert httpx.get(f"{edge.base_url}/health/live", headers={"Host": "evil.example"}).status_code == 200


def test_a_forwarded_host_is_no_own_name(stub_project: Path, tmp_path: Path) -> None:
    server = RunningAssistant(
        stub_project, tmp_path / "state", tmp_path / "server.log", SANIC_PROXIES_COUNT="1"
    )
    headers = {
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Host": "evil.example",
        "Origin": "https://evil.example",
    }
    try:
        assert is_problem(httpx.post(f"{server.base_url}{SESSION}", headers=headers), 403)
        own = {"X-Forwarded-For": "192.0.2.1", "Host": "bot.example.org", "Origin": "https://bot.example.org"}
        assert httpx.post(f"{server.base_url}{SESSION}", headers=own).status_code == 201
    finally:
        server.stop()


# --- Slow requests and many connections


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n" % SESSION.encode(),
        b"POST %b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n384\r\n"
        % SESSION.encode(),
        b"DELETE /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n",
    ],
    ids=["head", "body", "chunk", "body that nobody reads"],
)
def test_a_request_that_comes_drop_by_drop_is_ended(edge: RunningAssistant, beginning: bytes) -> None:
    slow = b"GET / HTTP/1.1\r\nX: " + b"x" * 200 if not beginning else b"x" * 200
    with socket.create_connection(("127.0.0.1", edge.port), timeout=20) as connection:
        connection.sendall(beginning)
        answer = b""
        for drop in drop_by_drop(slow):
            time.sleep(0.1)
            try:
                connection.sendall(drop)
                connection.settimeout(0.01)
                answer += connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if answer:
                break
        else:
            raise AssertionError("the server waited for all of it")
    assert not answer or statuses(answer)[0] in (408, 405)


def test_an_address_has_so_many_connections_and_no_more(edge: RunningAssistant) -> None:
    held = [socket.create_connection(("127.0.0.1", edge.port), timeout=5) for _ in range(MOST)]
    try:
        for connection in held:
            connection.sendall(b"GET /")
        time.sleep(0.2)
        refused = answer_to(edge.port, AFTERWARDS)
    finally:
        for connection in held:
            connection.close()
    assert statuses(refused) in ([429], [])
    time.sleep(0.2)
    assert statuses(answer_to(edge.port, AFTERWARDS)) == [200]


def test_slow_connections_give_up_their_places_by_themselves(edge: RunningAssistant) -> None:
    held = [socket.create_connection(("127.0.0.1", edge.port), timeout=5) for _ in range(MOST)]
    try:
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\n")
        until = time.monotonic() + 20
        while statuses(answer_to(edge.port, AFTERWARDS)) != [200] and time.monotonic() < until:
            time.sleep(0.2)
        assert statuses(answer_to(edge.port, AFTERWARDS)) == [200]
    finally:
        for connection in held:
            connection.close()


def test_behind_a_proxy_which_has_all_connections_there_is_no_ceiling() -> None:
    class Config:
        PROXIES_COUNT = 1

    class App:
        config = Config()

    assert ceiling_of(App()) is None  # type: ignore[arg-type]


def test_an_upgrade_does_not_switch_off_the_deadlines(edge: RunningAssistant) -> None:
    upgrade = AFTERWARDS[:-2] + b"Connection: keep-alive\r\nUpgrade: websocket\r\n\r\n"
    with socket.create_connection(("127.0.0.1", edge.port), timeout=20) as connection:
        connection.sendall(upgrade)
        assert b"200 OK" in connection.recv(65536)
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert statuses(connection.recv(65536)) == [408]


def test_an_unfinished_message_never_becomes_one(edge: RunningAssistant) -> None:
    visitor = edge.visitor()
    head = f"POST {MESSAGES} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {visitor.token}\r\n"
    body = b'{"id": "1", "text": "hello"}'
    request = head.encode() + b"Content-Type: application/json\r\nContent-Length: 900\r\n\r\n" + body
    assert statuses(answer_to(edge.port, request)) == [408]
    assert visitor.history() == []
