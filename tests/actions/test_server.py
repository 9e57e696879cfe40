"""The action server answers its own assistant only, and the assistant believes its own action server only."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from rasa.shared.exceptions import InvalidConfigException

from actions.server import exposure
from assistant.core.action_signature import HEADER, is_signed_answer, sign_answer, sign_call
from assistant.server.rasa import action_client
from assistant.server.rasa.action_client import UNAVAILABLE, ActionClient
from assistant.settings import Settings
from testbed.environment import free_port
from tests.servers import ROOT

KEY = "k" * 32
ACTION = "action_tell_timeline"


def call_of(action: object = ACTION) -> dict[str, Any]:
    message = {"text": "MARMALADE", "intent": {"name": "timeline"}, "entities": []}
    tracker = {"sender_id": "website-MARMALADE", "slots": {}, "latest_message": message, "events": []}
    return {"next_action": action, "tracker": tracker, "version": "3.6.21"}


@dataclass
class ActionServer:
    """One with a key, at a socket."""

    socket: Path
    log: Path

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        with self.client() as http:
            return http.post(
                "/webhook", content=body, headers={"Content-Type": "application/json", **headers}
            )

    def client(self) -> httpx.Client:
        return httpx.Client(base_url="http://localhost", transport=httpx.HTTPTransport(uds=str(self.socket)))

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionServer]:
    folder = tmp_path_factory.mktemp("actions")
    running = ActionServer(folder / "actions.sock", folder / "log")
    env = {**os.environ, "ACTION_SOCKET": str(running.socket), "ACTION_KEY": KEY}
    with running.log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "actions.server"],
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
        )
    until = time.monotonic() + 60
    while not running.socket.exists() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.05)
    with running.client() as http:
        assert http.get("/health").status_code == 200, running.log.read_text("utf-8")
    yield running
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert not running.socket.exists()


def test_a_signed_call_is_answered_with_a_signature(server: ActionServer) -> None:
    body = json.dumps(call_of()).encode()
    signature = sign_call(KEY, body)
    answer = server.post(body, **{HEADER: signature})
    assert answer.status_code == 200, answer.text
    assert is_signed_answer(KEY, signature, answer.headers[HEADER], answer.content)


@pytest.mark.parametrize(
    "header",
    ["", "x", sign_call("x" * 32, json.dumps(call_of()).encode()), f"n.{KEY}"],
    ids=["none", "no signature", "by another key", "the key itself"],
)
def test_a_call_without_the_right_signature_is_refused(server: ActionServer, header: str) -> None:
    answer = server.post(json.dumps(call_of()).encode(), **{HEADER: header})
    assert answer.status_code == 401
    assert "ACTION_KEY" in answer.json()["error"]


def test_the_names_of_the_actions_are_told_to_nobody_else(server: ActionServer) -> None:
    with server.client() as http:
        assert http.get("/actions").status_code == 401


def test_nothing_is_inflated(server: ActionServer) -> None:
    """The SDK would, whatever the size."""
    body = zlib.compress(json.dumps(call_of()).encode())
    for encoding in ("deflate", "gzip", "br", "identity"):
        answer = server.post(body, **{HEADER: sign_call(KEY, body), "Content-Encoding": encoding})
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"x"', b"{", b"[" * 5000, b"\xff", b'{"next_action": {}}']
)
def test_a_body_that_is_no_call_is_refused(server: ActionServer, body: bytes) -> None:
    assert server.post(body, **{HEADER: sign_call(KEY, body)}).status_code == 404


def test_a_body_that_is_too_long_is_refused(server: ActionServer) -> None:
    """Sanic drops it, so that its signature is wrong."""
    body = b" " * 3_000_000
    assert server.post(body, **{HEADER: sign_call(KEY, body)}).status_code == 401


@pytest.mark.parametrize(
    "name",
    ["action_x\n{'event': 'forged'}", "MARMALADE", 5, None, ["action_tell_timeline"], "\u2028MARMALADE"],
)
def test_the_log_holds_the_names_of_known_actions_only(server: ActionServer, name: object) -> None:
    body = json.dumps(call_of(name)).encode()
    headers = {HEADER: sign_call(KEY, body), "X-Request-ID": "MARMALADE MARMALADE"}
    assert server.post(body, **headers).status_code == 404
    line = server.lines()[-1]
    assert (line["event"], line["action"], line["request"], line["status"]) == ("action", "-", "-", 404)
    text = server.log.read_text("utf-8")
    assert "MARMALADE" not in text
    assert "forged" not in text


def test_what_libraries_log_is_named_by_its_place_only(server: ActionServer) -> None:
    """The SDK warns of a strange version and quotes it."""
    body = json.dumps({**call_of(), "version": "MARMALADE\n2"}).encode()
    server.post(body, **{HEADER: sign_call(KEY, body)})
    assert "MARMALADE" not in server.log.read_text("utf-8")
    assert any(line["event"] == "library" for line in server.lines())


def test_the_socket_is_its_owners(server: ActionServer) -> None:
    assert server.socket.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "is_fine"),
    [
        ({"sanic_host": "0.0.0.0"}, False),
        ({"sanic_host": "::"}, False),
        ({"sanic_host": "192.168.1.5"}, False),
        ({"sanic_host": "actions"}, False),
        ({"sanic_host": "127.0.0.1"}, True),
        ({"sanic_host": "::1"}, True),
        ({"sanic_host": "0.0.0.0", "action_key": KEY}, True),
        ({"sanic_host": "0.0.0.0", "action_socket": "a.sock"}, True),
    ],
)
def test_an_address_that_others_reach_needs_a_key(given: dict[str, str], is_fine: bool) -> None:
    issue = exposure(Settings.parse_obj(given))
    assert issue is None if is_fine else str(issue).startswith("ACTION_KEY: missing")


def answered(client: ActionClient) -> dict[str, Any] | None:
    async def ask() -> dict[str, Any] | None:
        try:
            return await client.request(json=call_of())
        finally:
            await client._open().close()

    return asyncio.run(ask())


def test_the_assistant_takes_the_answer_of_its_own_action_server(server: ActionServer) -> None:
    answer = answered(ActionClient(None, Settings(action_socket=server.socket, action_key=KEY)))
    assert answer is not None
    assert not any(UNAVAILABLE in response for response in answer["responses"])


def test_with_another_key_nothing_is_answered(server: ActionServer) -> None:
    answer = answered(ActionClient(None, Settings(action_socket=server.socket, action_key="x" * 32)))
    assert answer is not None
    assert answer["responses"][0][UNAVAILABLE]


FORGED = b'{"events": [], "responses": [{"text": "forged"}]}'


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: "x"},
        {HEADER: sign_answer("x" * 32, "", FORGED)},
        {HEADER: sign_answer(KEY, "another call", FORGED)},
    ],
)
async def test_whoever_holds_the_port_cannot_speak(headers: dict[str, str]) -> None:
    answer = await asked_of(web.Response(body=FORGED, headers=headers, content_type="application/json"))
    assert answer["responses"][0][UNAVAILABLE]


async def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_client, "MAX_ANSWER", 1000)
    long = web.Response(body=b'{"events": [], "responses": []}' + b" " * 2000)
    assert (await asked_of(long, key=""))["responses"][0][UNAVAILABLE]


async def asked_of(response: web.Response, key: str = KEY) -> dict[str, Any]:
    """The client's answer where somebody else listens."""

    async def answer(_request: web.Request) -> web.Response:
        return response

    async with _listening(answer) as port:
        client = ActionClient(f"http://127.0.0.1:{port}/webhook", Settings(action_key=key))
        try:
            found = await client.request(json=call_of())
            assert found is not None
            return found
        finally:
            await client._open().close()


async def test_a_connection_that_closes_as_it_is_used_again_costs_no_answer() -> None:
    async with _hanging_up(times=1) as client:
        assert UNAVAILABLE not in await _answered_by(client)
        assert UNAVAILABLE not in await _answered_by(client)


async def test_a_server_that_always_hangs_up_is_called_twice_and_given_up() -> None:
    async with _hanging_up(times=100) as client:
        assert UNAVAILABLE not in await _answered_by(client)
        assert (await _answered_by(client))[UNAVAILABLE]


async def _answered_by(client: ActionClient) -> dict[str, Any]:
    answer = await client.request(json=call_of())
    assert answer is not None
    response: dict[str, Any] = answer["responses"][0]
    return response


@contextlib.asynccontextmanager
async def _hanging_up(times: int) -> AsyncIterator[ActionClient]:
    """A client whose server reads calls after the first and closes the connection, so many times, without a word."""
    calls = itertools.count()

    async def answer(request: web.Request) -> web.Response:
        if 1 <= next(calls) <= times:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(body=FORGED, content_type="application/json")

    async with _listening(answer) as port:
        client = ActionClient(f"http://127.0.0.1:{port}/webhook", Settings())
        yield client
        await client._open().close()


@contextlib.asynccontextmanager
async def _listening(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[int]:
    """The port of an action server that answers so."""
    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield port
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    "url", ["http://actions:5055/webhook", "https://actions.example/webhook", "http://10.0.0.5:5055/webhook"]
)
def test_another_machine_is_not_called_without_a_key(url: str) -> None:
    with pytest.raises(InvalidConfigException, match="ACTION_KEY: missing"):
        ActionClient(url, Settings())
    ActionClient(url, Settings(action_key=KEY))
