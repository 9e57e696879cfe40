"""Rate limits and CORS, on a server with low limits and one allowed origin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers import MESSAGES, SESSION, RunningAssistant, Visitor, is_problem

CLINIC = "https://clinic.example"


@pytest.fixture(scope="module")
def strict(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """Five messages and three sessions a minute; behind one proxy, so that tests can have addresses of their own."""
    folder = tmp_path_factory.mktemp("strict")
    server = RunningAssistant(
        stub_project,
        folder / "state",
        folder / "server.log",
        MESSAGES_PER_MINUTE="5",
        SESSIONS_PER_MINUTE="3",
        ALLOWED_ORIGINS=f"{CLINIC}, https://other.example/",
        SANIC_PROXIES_COUNT="1",
        SESSION_KEY="k" * 32,
    )
    yield server
    server.stop()


def from_address(server: RunningAssistant, address: str) -> Visitor:
    return server.visitor(**{"X-Forwarded-For": address})


def test_the_sixth_message_of_a_minute_has_to_wait(strict: RunningAssistant) -> None:
    visitor = from_address(strict, "192.0.2.1")
    answers = [visitor.send(text="does it hurt") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert is_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert len(visitor.history()) == 10


def test_another_conversation_does_not_have_to_wait(strict: RunningAssistant) -> None:
    busy, calm = from_address(strict, "192.0.2.2"), from_address(strict, "192.0.2.2")
    for _ in range(6):
        busy.send(text="does it hurt")
    assert calm.send(text="does it hurt").status_code == 200


def test_a_repeated_message_does_not_count(strict: RunningAssistant) -> None:
    visitor = from_address(strict, "192.0.2.3")
    for _ in range(10):
        assert visitor.send(id="one", text="does it hurt").status_code == 200
    for _ in range(5):
        last = visitor.send(text="does it hurt")
    assert is_problem(last, 429)
    assert visitor.send(id="one", text="does it hurt").status_code == 200


def test_a_message_that_is_refused_does_not_count(strict: RunningAssistant) -> None:
    visitor = from_address(strict, "192.0.2.4")
    for _ in range(10):
        assert visitor.send(text="").status_code == 400
    assert visitor.send(text="does it hurt").status_code == 200


def test_the_fourth_session_of_a_minute_from_one_address_has_to_wait(strict: RunningAssistant) -> None:
    answers = [
        httpx.post(f"{strict.base_url}{SESSION}", headers={"X-Forwarded-For": "192.0.2.5"}) for _ in range(4)
    ]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429]
    assert is_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_a_proxy_that_nobody_vouches_for_is_not_believed(standin: RunningAssistant) -> None:
    # Here no proxy is configured: whatever the header says, it is one address, and the limit is high.
    for n in range(5):
        headers = {"X-Forwarded-For": f"192.0.2.{n}", "Forwarded": "for=192.0.2.9"}
        assert httpx.post(f"{standin.base_url}{SESSION}", headers=headers).status_code == 201


def test_a_key_from_the_environment_is_not_written_down(strict: RunningAssistant) -> None:
    assert not (strict.state_dir / "session.key").exists()


# --- Origins


@pytest.fixture(scope="module")
def guest(strict: RunningAssistant) -> Visitor:
    return from_address(strict, "192.0.2.200")


def test_an_allowed_website_may_read_the_answers(guest: Visitor) -> None:
    for origin in (CLINIC, "https://other.example", "HTTPS://CLINIC.EXAMPLE"):
        answer = guest.http.get(MESSAGES, headers={"Origin": origin})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == origin
        assert answer.headers["access-control-expose-headers"] == "Retry-After"
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers


def test_an_allowed_website_may_read_the_problems(guest: Visitor) -> None:
    answer = guest.http.get(MESSAGES, headers={"Origin": CLINIC, "Authorization": "Bearer nothing"})
    assert is_problem(answer, 401)
    assert answer.headers["access-control-allow-origin"] == CLINIC


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://clinic.example",
        "https://clinic.example.evil.example",
        "https://clinic.example:8443",
        "null",
        "",
        "https://[",
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", MESSAGES), ("POST", SESSION), ("DELETE", SESSION)])
def test_any_other_website_is_refused(guest: Visitor, method: str, path: str, origin: str) -> None:
    answer = guest.http.request(method, path, headers={"Origin": origin})
    assert is_problem(answer, 403)
    assert "access-control-allow-origin" not in answer.headers


def test_the_servers_own_pages_may_ask(strict: RunningAssistant, guest: Visitor) -> None:
    answer = guest.http.get(MESSAGES, headers={"Origin": strict.base_url})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_a_preflight_from_an_allowed_website_is_answered(guest: Visitor) -> None:
    asked = {"Origin": CLINIC, "Access-Control-Request-Method": "POST"}
    answer = guest.http.options(
        MESSAGES, headers={**asked, "Access-Control-Request-Headers": "authorization"}
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == CLINIC
    assert answer.headers["access-control-allow-methods"] == "GET, POST, DELETE"
    assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type"


def test_a_preflight_from_any_other_website_is_refused(guest: Visitor) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = guest.http.options(MESSAGES, headers=asked)
    assert is_problem(answer, 403)
    assert "access-control-allow-origin" not in answer.headers


def test_where_no_website_is_allowed_only_the_servers_own_pages_may_ask(visitor: Visitor) -> None:
    assert is_problem(visitor.http.get(MESSAGES, headers={"Origin": CLINIC}), 403)
    own = str(visitor.http.base_url).rstrip("/")
    assert visitor.http.get(MESSAGES, headers={"Origin": own}).status_code == 200


def test_monitoring_is_not_asked_for_its_origin(guest: Visitor) -> None:
    assert guest.http.get("/health/ready", headers={"Origin": "https://evil.example"}).status_code == 200


# --- Headers


def test_browsers_are_told_to_be_careful(standin: RunningAssistant) -> None:
    headers = httpx.get(f"{standin.base_url}/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in headers


def test_behind_a_proxy_with_tls_browsers_are_told_to_keep_to_it(strict: RunningAssistant) -> None:
    given = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    headers = httpx.get(f"{strict.base_url}/", headers=given).headers
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_who_only_says_that_there_is_tls_is_not_believed(standin: RunningAssistant) -> None:
    given = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    assert "strict-transport-security" not in httpx.get(f"{standin.base_url}/", headers=given).headers
