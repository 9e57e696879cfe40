"""Failed calls are retried; a post with unknown outcome is searched for first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from assistant.channels.slack.delivery import WebApi
from assistant.channels.slack.settings import Settings
from assistant.server.traffic import retries
from assistant.server.traffic.retries import NotDeliveredError


def refused(status: int, error: str = "", **headers: str) -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


class Calls:
    """A call that fails in these ways, one after the other, and then works."""

    def __init__(self, *ends: Exception) -> None:
        self.ends = list(ends)
        self.count = 0

    async def __call__(self) -> str:
        self.count += 1
        if self.ends:
            raise self.ends.pop(0)
        return "done"


async def call(calls: Calls, is_done: Callable[[], Any] | None = None, within: float | None = None) -> Any:
    """Through the client whose method `auth_test` is the given call."""
    web = WebApi(Settings(bot_token="xoxb-1", signing_secret="x"))
    web.client.auth_test = calls  # type: ignore[assignment]
    return await web.call("auth_test", is_done=is_done, within=within)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backing off takes no time here."""
    monkeypatch.setattr(retries, "_backoff", lambda _failures: 0.0)


def says(value: bool) -> Callable[[], Any]:
    async def check() -> bool:
        return value

    return check


@pytest.mark.parametrize(
    "end",
    [
        refused(429, "ratelimited", **{"Retry-After": "0"}),
        refused(429, "ratelimited", **{"retry-after": "0"}),
        refused(500),
        refused(200, "internal_error"),
        aiohttp.ServerDisconnectedError(),
    ],
)
async def test_what_passes_is_tried_again(end: Exception) -> None:
    calls = Calls(end, end)
    assert await call(calls) == "done"
    assert calls.count == 3


async def test_what_does_not_pass_is_not_repeated() -> None:
    calls = Calls(refused(200, "channel_not_found"))
    with pytest.raises(SlackApiError):
        await call(calls)
    assert calls.count == 1


async def test_a_post_that_arrived_although_its_answer_was_lost_is_not_repeated() -> None:
    calls = Calls(refused(500))
    assert await call(calls, says(True)) is None
    assert calls.count == 1


async def test_a_post_that_did_not_arrive_is_repeated() -> None:
    calls = Calls(aiohttp.ServerDisconnectedError())
    assert await call(calls, says(False)) == "done"


async def test_a_post_that_was_told_to_wait_needs_no_looking() -> None:
    async def never() -> bool:
        raise AssertionError("looked")

    assert await call(Calls(refused(429, **{"Retry-After": "0"})), never) == "done"


async def test_it_gives_up_at_last() -> None:
    with pytest.raises(NotDeliveredError):
        await call(Calls(*[refused(500)] * 100))


async def test_what_can_only_be_done_soon_is_not_waited_for() -> None:
    calls = Calls(refused(429, **{"Retry-After": "30"}))
    with pytest.raises(NotDeliveredError):
        await call(calls, within=3.0)
    assert calls.count == 1
