"""Answers to commands and buttons: only to Slack's hosts, and nowhere that they redirect to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from assistant.channels.slack.delivery import WebApi
from assistant.channels.slack.settings import Settings
from assistant.server.traffic.retries import NotDeliveredError

WORD = "gooseberry"


class Host:
    """A host that takes everything, or redirects it elsewhere."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.status = 200
        self.location = ""
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.received.append(await request.text())
        return web.Response(status=self.status, headers={"Location": self.location} if self.location else {})

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner


@pytest.fixture
async def hosts() -> AsyncIterator[tuple[Host, Host]]:
    """Slack's host, and another."""
    both = Host(), Host()
    runners = [await host.start() for host in both]
    yield both
    for runner in runners:
        await runner.cleanup()


async def respond(api: str, url: str) -> None:
    web_api = WebApi(Settings(bot_token="xoxb-1", signing_secret="x", api_url=f"{api}/api/"))
    await web_api.open()
    try:
        await web_api.respond(url, {"text": WORD})
    finally:
        await web_api.close()


async def test_an_answer_reaches_slacks_own_host(hosts: tuple[Host, Host]) -> None:
    slack, _ = hosts
    await respond(slack.url, f"{slack.url}/respond/1")
    assert len(slack.received) == 1
    assert WORD in slack.received[0]


async def test_an_answer_reaches_no_other_host(hosts: tuple[Host, Host]) -> None:
    slack, other = hosts
    with pytest.raises(NotDeliveredError, match="not on Slack's host"):
        await respond(slack.url, f"{other.url}/respond/1")
    assert other.received == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(hosts: tuple[Host, Host], status: int) -> None:
    slack, other = hosts
    slack.status, slack.location = status, f"{other.url}/elsewhere"
    with pytest.raises(NotDeliveredError, match=str(status)):
        await respond(slack.url, f"{slack.url}/respond/1")
    assert other.received == []
